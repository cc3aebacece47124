// Modules are numbered as they come, not by where the folder lies: the same bytes on every machine.
module.exports = { optimization: { moduleIds: 'natural' } };
