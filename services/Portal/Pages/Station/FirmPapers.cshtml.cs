using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The papers of a firm with a site in the visitor's divisions.</summary>
internal sealed class FirmPapersModel(EmployersClient employers) : PapersPage(employers);
