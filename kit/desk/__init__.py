"""What a reporter works with in JupyterLab: the event explorer, forms, the inbox of proposed facts."""
