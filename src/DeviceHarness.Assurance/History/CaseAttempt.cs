using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.History;

/// <summary>One attempt at a case, with its cycle and what it ran on.</summary>
public sealed record CaseAttempt
{
    /// <summary>The cycle.</summary>
    public required string CycleId { get; init; }

    /// <summary>The pack's name.</summary>
    public required string PackName { get; init; }

    /// <summary>SHA-256 of the pack's text, lower-case hexadecimal.</summary>
    public required string PackHash { get; init; }

    /// <summary>The rig.</summary>
    public required string Rig { get; init; }

    /// <summary>The attempt's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The devices that its steps were for, with the firmware that the cycle was frozen with; empty when none is known.</summary>
    public required IReadOnlyList<DeviceBaseline> Devices { get; init; }

    /// <summary>How it ended; <see cref="Verdict.NotRun"/> until then.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, when it did not pass; otherwise empty.</summary>
    public required string Reason { get; init; }

    /// <summary>When it started, in UTC; null when that was not reported.</summary>
    public required DateTimeOffset? Started { get; init; }

    /// <summary>How long it took; zero until its end was reported.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether it decided the case in its cycle.</summary>
    public required bool IsDeciding { get; init; }

    /// <summary>Whether it ended, no newer attempt had started before, and its cycle is not void.</summary>
    public required bool IsCounted { get; init; }

    /// <summary>The devices in words; empty when none is known.</summary>
    public string DeviceText => string.Join(", ", Devices.Select(device => device.ToString()));

    /// <summary>Their firmware, in the order of the devices; empty when none is known.</summary>
    public string FirmwareText => string.Join(", ", Devices.Select(device => device.Inventory.FirmwareVersion));
}
