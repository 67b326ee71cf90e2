using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>The accounts, for administrators.</summary>
internal static class FindAccounts
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/accounts", (HttpContext http, Requests<PortalService> requests) => requests.Read(http, async (tx, _) =>
        {
            var page = PageRequest.From(http);
            return Reply.Ok(Paged.From(page, await Account.All(tx, page), account => account.UserName, account => account.View()));
        })).Allow(Role.Admin).WithName("FindAccounts").Produces<Paged<AccountView>>();

        app.MapGet("/api/accounts/{id:guid}", (Guid id, HttpContext http, Requests<PortalService> requests) => requests.Read(http, async (tx, _) =>
            await Account.Find(tx, id) is { } account ? Reply.Ok(account.View(), account.Version) : Problem.NotFound()))
            .Allow(Role.Admin).WithName("GetAccount").Produces<AccountView>();
    }
}
