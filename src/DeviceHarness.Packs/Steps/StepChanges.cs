using System.Collections.Frozen;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Packs.Steps;

/// <summary>What the variants of the catalogue do to a device, for steps that do not say it themselves.</summary>
public static class StepChanges
{
    /// <summary>The words that packs use.</summary>
    public static IReadOnlyDictionary<string, StepChange> Names { get; } = new Dictionary<string, StepChange>(StringComparer.Ordinal)
    {
        ["reversible"] = StepChange.Reversible,
        ["wearing"] = StepChange.Wearing,
        ["irreversible"] = StepChange.Irreversible,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The variants that are more than a critical request: the rest is <see cref="StepChange.Reversible"/> when it is critical and
    /// <see cref="StepChange.None"/> when it is not.</summary>
    /// <remarks>The harness's own list: which part a request moves or uses up, and whether another request takes it back. What the rig puts
    /// back by itself is never irreversible; so 2.3, which changes a debt by an amount and is undone by the opposite amount, asks for no
    /// leave, and 2.2, whose code is spent, does.</remarks>
    public static IReadOnlyDictionary<string, StepChange> Table { get; } = new Dictionary<string, StepChange>(StringComparer.Ordinal)
    {
        ["2.2"] = StepChange.Irreversible,    // A top-up code is spent once.
        ["2.5"] = StepChange.Irreversible,
        ["3.2"] = StepChange.Irreversible,    // Access to the log of a former consumer is cut for good.
        ["3.3"] = StepChange.Irreversible,    // An event log that was cleared is gone.
        ["6.11"] = StepChange.Irreversible,   // A clock step leaves its mark in every log and profile.
        ["6.15.1"] = StepChange.Irreversible,
        ["6.15.2"] = StepChange.Irreversible,
        ["6.17"] = StepChange.Irreversible,
        ["6.21"] = StepChange.Irreversible,
        ["6.23"] = StepChange.Irreversible,
        ["6.24.2"] = StepChange.None,         // A read, critical though it is.
        ["6.25"] = StepChange.Irreversible,   // What a tamper state leaves behind is for the meter's operator to clear.
        ["7.1"] = StepChange.Wearing,         // Each switching wears the contactor or the valve.
        ["7.2"] = StepChange.Wearing,
        ["7.3"] = StepChange.Wearing,
        ["7.5"] = StepChange.Wearing,
        ["7.6"] = StepChange.Wearing,
        ["7.8"] = StepChange.Wearing,
        ["7.13"] = StepChange.Wearing,
        ["8.1.1"] = StepChange.Irreversible,  // It steps the clock.
        ["11.1"] = StepChange.Wearing,        // An image wears the flash.
        ["11.3"] = StepChange.Irreversible,   // Few meters take an older firmware back.
        ["11.4"] = StepChange.Irreversible,   // The same for displays.
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a variant does to its device.</summary>
    public static StepChange Of(SrvEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Table.TryGetValue(entry.Srv, out StepChange change) ? change
            : entry.Criticality == SrvCriticality.Critical ? StepChange.Reversible
            : StepChange.None;
    }
}
