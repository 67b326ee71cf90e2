using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Clients;

/// <summary>A valid token of the signed-in visitor for calls to the services; null when nobody is signed in.</summary>
internal delegate ValueTask<string?> VisitorToken(HttpContext http);

/// <summary>Checks the password and signs the visitor's cookie in, or says what is wrong.</summary>
internal delegate Task<Problem?> SignInVisitor(HttpContext http, string userName, string password, string? totp);

/// <summary>Ends the visitor's session.</summary>
internal delegate Task SignOutVisitor(HttpContext http);

/// <summary>What the accounts with these ids are called; those that do not exist are left out.</summary>
internal delegate Task<IReadOnlyDictionary<Guid, string>> AccountNames(IReadOnlyCollection<Guid> accounts);
