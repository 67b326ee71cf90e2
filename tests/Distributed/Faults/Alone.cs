using Xunit;

namespace LaborBridge.Tests.Distributed.Faults;

/// <summary>Runs of the laboratory need the machine for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
