using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Packs.Runner;

/// <summary>How a case is run.</summary>
public sealed record RunOptions
{
    /// <summary>The clock of waits, timeouts and stamps; a scaled bench hands in a scaled one.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The seed of the run: packs see it as <c>${seed}</c>, evidence names it.</summary>
    public long Seed { get; init; }

    /// <summary>The harness's version, for evidence; empty when unknown.</summary>
    public string HarnessVersion { get; init; } = string.Empty;

    /// <summary>Whether steps that nothing undoes may run on real devices. On virtual devices they always may.</summary>
    public bool AllowIrreversible { get; init; }

    /// <summary>The images that are known; null when the bench names no register, and then virtual devices take any image.</summary>
    public FirmwareRegister? FirmwareRegister { get; init; }

    /// <summary>Says why a device is in quarantine; null, or a null answer, when it is not.</summary>
    public Func<BenchDevice, string?>? QuarantineOf { get; init; }

    /// <summary>Says how many commands that wear it out a device may still be sent; null, or a null answer, when nobody counts.</summary>
    public Func<BenchDevice, int?>? WearLeftOf { get; init; }

    /// <summary>Says why the attempt was cancelled; null, or a null answer, when nobody knows.</summary>
    public Func<string?>? CancellationReason { get; init; }
}
