namespace LaborBridge.Portal.Pages.Public;

/// <summary>How a worker's data is used, in plain words.</summary>
internal sealed class AboutDataModel : PortalPage;
