namespace LaborBridge.ServiceDefaults;

/// <summary>Where a service listens unless <c>--urls</c> says otherwise.</summary>
internal static class DefaultPorts
{
    public static int Of(string service) => service switch
    {
        "workers" => 8081,
        "employers" => 8082,
        "matching" => 8083,
        "placements" => 8084,
        _ => 8080,
    };
}
