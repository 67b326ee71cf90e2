using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The further sites of a firm in the visitor's sight.</summary>
internal sealed class FirmSitesModel(EmployersClient employers) : SitesPage(employers);
