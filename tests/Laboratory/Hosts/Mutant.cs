using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Mistakes that the laboratory must catch. Each replaces one part of one real service when the host has put it together.</summary>
internal static class Mutant
{
    /// <summary>A worker's registration is acknowledged before it is committed.</summary>
    public const string EarlyAnswer = "early-answer";

    /// <summary>What Placements hears of workers has its effect in another transaction than the one that moves the checkpoint.</summary>
    public const string LooseCheckpoint = "loose-checkpoint";

    /// <summary>The relay counts as shipped what the broker has not confirmed.</summary>
    public const string HastyRelay = "hasty-relay";

    /// <summary>Matching takes every segment for the next one.</summary>
    public const string NoGapCheck = "no-gap-check";

    /// <summary>An answer to an offer reads the seats and takes one later.</summary>
    public const string TwoStepOffer = "two-step-offer";

    /// <summary>Replaces the part, if it belongs to this service.</summary>
    public static void Apply(string mutant, string service, WebApplicationBuilder builder)
    {
        switch (mutant, service)
        {
            case (EarlyAnswer, "workers"):
                InFront(builder, EarlyAnswers.Use);
                break;
            case (LooseCheckpoint, "placements"):
                AtTheEnd(builder, LooseCheckpoints.Replace);
                break;
            case (HastyRelay, "workers"):
                AtTheEnd(builder, HastyBus.Replace);
                break;
            case (NoGapCheck, "matching"):
                AtTheEnd(builder, Gullible.Add);
                break;
            case (TwoStepOffer, "matching"):
                InFront(builder, TwoStepOffers.Use);
                break;
            default:
                break;
        }
    }

    private static void InFront(WebApplicationBuilder builder, Action<IApplicationBuilder> use) => builder.Services.AddSingleton<IStartupFilter>(new First(use));

    private static void AtTheEnd(WebApplicationBuilder builder, Action<IServiceCollection> replace) => builder.Host.UseServiceProviderFactory(new Last(replace));

    private sealed class First(Action<IApplicationBuilder> use) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            use(app);
            next(app);
        };
    }

    private sealed class Last(Action<IServiceCollection> replace) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => services;

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
        {
            replace(containerBuilder);
            return containerBuilder.BuildServiceProvider();
        }
    }
}
