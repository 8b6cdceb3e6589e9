"""Networks, data and export of the models that MaskDashboard loads."""
