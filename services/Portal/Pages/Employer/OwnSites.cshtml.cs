using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm's own further sites.</summary>
internal sealed class OwnSitesModel(EmployersClient employers) : SitesPage(employers);
