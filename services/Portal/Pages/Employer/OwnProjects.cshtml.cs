using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm's own projects.</summary>
internal sealed class OwnProjectsModel(EmployersClient employers) : ProjectsPage(employers);
