using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The projects of a firm in the visitor's sight.</summary>
internal sealed class FirmProjectsModel(EmployersClient employers) : ProjectsPage(employers);
