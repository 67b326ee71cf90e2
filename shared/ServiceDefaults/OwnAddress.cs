using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LaborBridge.ServiceDefaults;

/// <summary>Where this process listens, known once it has started.</summary>
internal sealed class OwnAddress(IServer server)
{
    private IReadOnlyList<Uri>? bound;

    /// <summary>The address for calls to ourselves.</summary>
    /// <exception cref="InvalidOperationException">Not listening yet.</exception>
    public Uri Loopback => All().OrderBy(uri => uri.Scheme == Uri.UriSchemeHttps).First();

    /// <summary>Whether it is one of ours; <c>localhost</c> and <c>127.0.0.1</c> are the same.</summary>
    public bool Is(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && All().Any(own => Same(own, uri));

    private static bool Same(Uri own, Uri other) => own.Scheme == other.Scheme && own.Port == other.Port && other.IsLoopback && other.AbsolutePath == "/";

    private IReadOnlyList<Uri> All()
    {
        if (bound is not null)
        {
            return bound;
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(address => address.Replace("://+", "://*").Replace("://*", "://127.0.0.1").Replace("://0.0.0.0", "://127.0.0.1").Replace("://[::]", "://127.0.0.1"))
            .Select(address => new Uri(address.TrimEnd('/')))
            .Where(uri => uri.Port != 0)
            .ToList() ?? [];
        return addresses.Count > 0 ? bound = addresses : throw new InvalidOperationException("The server listens nowhere yet.");
    }
}

/// <summary>Base addresses of the services, this process where no other is configured.</summary>
public sealed class ServiceAddresses
{
    private readonly LaborBridgeSettings settings;
    private readonly OwnAddress own;
    private readonly bool portalIsHere;

    internal ServiceAddresses(LaborBridgeSettings settings, OwnAddress own, bool portalIsHere)
    {
        this.settings = settings;
        this.own = own;
        this.portalIsHere = portalIsHere;
    }

    /// <summary>Who signs tokens, without a slash at the end: the <c>iss</c> of tokens.</summary>
    public string Authority => (settings.Authority ?? own.Loopback.ToString()).TrimEnd('/');

    /// <summary>The base address of a service.</summary>
    public Uri Of(string service) => settings.Services.TryGetValue(service, out var address) ? new Uri(address) : own.Loopback;

    /// <summary>
    /// Where the authority's keys are fetched. People may know the authority by a name that does not lead to it from inside: then
    /// <c>LaborBridge__Services__Portal</c> says where it is.
    /// </summary>
    internal string Keys => settings.Services.TryGetValue("portal", out var inside) ? inside.TrimEnd('/') : portalIsHere ? own.Loopback.ToString().TrimEnd('/') : Authority;

    internal bool IsIssuer(string issuer) => issuer.TrimEnd('/') == Authority || (settings.EmbeddedDefaults && own.Is(issuer));
}
