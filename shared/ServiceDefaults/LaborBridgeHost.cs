using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace LaborBridge.ServiceDefaults;

/// <summary>Runs one service, or several in one process.</summary>
public static class LaborBridgeHost
{
    private const long LargestBody = 1_000_000;

    /// <summary>Builds and runs until it is told to stop.</summary>
    /// <returns>The process's exit code: 2 when the settings are not usable.</returns>
    public static async Task<int> Run(string[] args, IReadOnlyList<ILaborBridgeService> services, Action<WebApplicationBuilder>? configure = null)
    {
        try
        {
            var (command, rest) = CommandLine.Verb(args, Commands(services));
            await using var app = Build(rest, services, configure);
            if (command is not null)
            {
                await Prepare(app.Services);
                using var interrupted = new CancellationTokenSource();
                Console.CancelKeyPress += (_, pressed) =>
                {
                    pressed.Cancel = true;
                    interrupted.Cancel();
                };
                return await command.Run(app.Services, Console.Out, interrupted.Token);
            }

            if (app.Services.GetRequiredService<LaborBridgeSettings>() is { MigrateOnly: true } or { Restored: true })
            {
                await Prepare(app.Services);
            }
            else
            {
                await app.RunAsync();
            }

            return 0;
        }
        catch (SettingsException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    /// <summary>Builds without starting, for tests and for processes that do more.</summary>
    /// <exception cref="SettingsException">The settings are not usable.</exception>
    public static WebApplication Build(string[] args, IReadOnlyList<ILaborBridgeService> services, Action<WebApplicationBuilder>? configure = null)
    {
        // With one scheme alone the framework would take it for every request, pages included.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", isEnabled: true);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.Rewrite(args), ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        var settings = LaborBridgeSettings.Read(builder.Configuration, services);
        AddServer(builder, services);
        AddCommon(builder, settings, services);
        foreach (var service in services)
        {
            Databases.Add(builder.Services, settings, service);
            OpenApiDocuments.Add(builder.Services, service);
            service.Add(builder);
        }

        AddTransport(builder.Services, settings);
        var app = builder.Build();
        Map(app, services);
        Telemetry.Start(app.Services);
        return app;
    }

    /// <summary>The verbs of a program: every one can rotate keys, and each service brings its own.</summary>
    internal static IReadOnlyList<ServiceCommand> Commands(IReadOnlyList<ILaborBridgeService> services) => [RotateKeys.Command, .. services.SelectMany(service => service.Commands)];

    private static async Task Prepare(IServiceProvider services)
    {
        foreach (var database in services.GetServices<ServiceDatabase>())
        {
            await database.Migrate(CancellationToken.None);
        }

        if (services.GetRequiredService<LaborBridgeSettings>().Restored)
        {
            foreach (var monitor in services.GetServices<StreamMonitor>())
            {
                await monitor.RenewIncarnation();
            }
        }
    }

    private static void AddServer(WebApplicationBuilder builder, IReadOnlyList<ILaborBridgeService> services)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls($"http://localhost:{(services.Count == 1 ? DefaultPorts.Of(services[0].Name) : 8080)}");
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information).AddFilter("MassTransit", LogLevel.Warning);
        DrainingServer.Wrap(builder.Services);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }

    private static void AddCommon(WebApplicationBuilder builder, LaborBridgeSettings settings, IReadOnlyList<ILaborBridgeService> services)
    {
        var keys = OpenKeys(settings);
        var common = builder.Services;
        common.TryAddSingleton(TimeProvider.System);
        common.AddSingleton(settings);
        common.AddSingleton(services);
        common.AddSingleton(keys);
        common.AddSingleton(provider => new OwnAddress(provider.GetRequiredService<IServer>()));
        common.AddSingleton(provider => new ServiceAddresses(settings, provider.GetRequiredService<OwnAddress>(), services.Any(service => service.Name == "portal")));
        common.AddSingleton<Tokens>();
        common.AddSingleton(typeof(Requests<>));
        common.AddSingleton<Operations.Streams>();
        common.AddHostedService<MigrateAtStart>();
        common.AddHostedService<ExpireAnswers>();
        // The core alone: data protection, which only cookies need, comes with the portal.
        common.AddWebEncoders();
        common.AddTransient<BearerHandler>();
        common.AddAuthenticationCore(authentication => authentication.AddScheme<BearerHandler>(Access.Bearer, displayName: null));
        common.AddAuthorization();
        common.ConfigureHttpJsonOptions(json => JsonText.Configure(json.SerializerOptions));
        common.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        RateLimits.Add(common, settings.Limits);
        Telemetry.Add(builder, services.Count == 1 ? services[0].Name : "all-in-one");
    }

    private static KeyRing OpenKeys(LaborBridgeSettings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
            return KeyRing.Load(settings.KeyFolder, create: settings is { EmbeddedDefaults: true, Keys.Folder: null }, TimeSpan.FromSeconds(settings.Keys.SettleSeconds));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The data folder '{settings.Data}' or the key folder '{settings.KeyFolder}' cannot be used ({error.Message}). Write --data with a folder that this user may write to."]);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingsException([$"The keys in '{settings.KeyFolder}' are not usable ({error.Message}). Put 32 random bytes in base64 into each file, e.g. by 'openssl rand -base64 32'."]);
        }
    }

    private static void AddTransport(IServiceCollection services, LaborBridgeSettings settings)
    {
        if (services.All(service => service.ServiceType != typeof(StreamMonitor)))
        {
            return;
        }

        if (settings is { EmbeddedDefaults: false, Broker.Address: null })
        {
            throw new SettingsException(["LaborBridge__Broker__Address is missing. Write amqp://user:password@host:5672/ (only AllInOne runs without a broker)."]);
        }

        services.AddEventTransport(settings.Broker.Address is { } address ? new Uri(address) : null);
    }

    private static void Map(WebApplication app, IReadOnlyList<ILaborBridgeService> services)
    {
        app.UseMiddleware<ProblemMiddleware>();
        foreach (var service in services)
        {
            service.Use(app);
        }

        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapOpenApi("/openapi/{documentName}.json");
        Health.Map(app);
        Operations.Map(app);
        foreach (var service in services)
        {
            service.Map(app.MapGroup("").WithGroupName(service.Name).WithTags(service.Name));
        }

        Access.Check(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
    }
}
