using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LaborBridge.ServiceDefaults;

/// <summary>Who may call an endpoint. There is no default: an endpoint under <c>/api</c> that says nothing stops the host from starting.</summary>
public static class Access
{
    /// <summary>The scheme of tokens.</summary>
    internal const string Bearer = "Bearer";

    private static readonly ConcurrentDictionary<string, AuthorizationPolicy> Policies = new(StringComparer.Ordinal);

    private static readonly AuthorizationPolicy Anyone = new AuthorizationPolicyBuilder(Bearer).RequireAssertion(_ => true).Build();

    /// <summary>Lets these roles call; others get 403, nobody 401.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params Role[] roles) where TBuilder : IEndpointConventionBuilder
    {
        if (roles.Length == 0)
        {
            throw new ArgumentException("Name the roles, or say AllowAnyone.", nameof(roles));
        }

        return endpoint.RequireAuthorization(Policies.GetOrAdd(string.Join(',', roles.Order()), _ => Policy(roles))).WithMetadata(new AccessMetadata(roles));
    }

    /// <summary>Lets everybody call, signed in or not; a valid token is still read.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(Anyone).WithMetadata(new AccessMetadata([]));

    /// <summary>Throws for the endpoints under <c>/api</c> that do not say who may call.</summary>
    internal static void Check(IEnumerable<Endpoint> endpoints)
    {
        var silent = endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<AccessMetadata>() is null)
            .Select(endpoint => endpoint.DisplayName).ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"Say .Allow(roles) or .AllowAnyone() for: {string.Join("; ", silent)}");
        }
    }

    private static AuthorizationPolicy Policy(Role[] roles) => new AuthorizationPolicyBuilder(Bearer).RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.Identity is CallerIdentity identity && roles.Contains(identity.Caller.Role)).Build();
}

/// <summary>The roles that an endpoint lets in; none means everybody.</summary>
internal sealed record AccessMetadata(IReadOnlyList<Role> Roles);
