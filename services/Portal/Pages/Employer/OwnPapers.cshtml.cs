using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm's own papers.</summary>
internal sealed class OwnPapersModel(EmployersClient employers) : PapersPage(employers);
