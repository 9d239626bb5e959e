using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Steps;

/// <summary>What a step may use of the attempt that it belongs to.</summary>
public sealed class StepContext
{
    private readonly InventoryWatch _inventory;
    private readonly List<AcceptedRequest> _accepted = [];

    internal StepContext(
        ITestBench bench, DeviceBindings devices, VariableSet variables, TimeProvider time, RequestCounters counters,
            InventoryWatch inventory)
    {
        Bench = bench;
        Devices = devices;
        Variables = variables;
        Time = time;
        Counters = counters;
        _inventory = inventory;
        Alerts = new AlertLedger(bench.Alerts, devices.ByRole.Values);
        Supply = new SupplyWatch(bench.Supply);
        Outages = new OutageAlerts(bench, time);
    }

    /// <summary>The bench.</summary>
    public ITestBench Bench { get; }

    /// <summary>Which device stands for which role.</summary>
    public DeviceBindings Devices { get; }

    /// <summary>The values of <c>${…}</c>.</summary>
    public VariableSet Variables { get; }

    /// <summary>The attempt's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where the counters of requests come from.</summary>
    public RequestCounters Counters { get; }

    /// <summary>The requests of the attempt that the service accepted, in order.</summary>
    public IReadOnlyList<AcceptedRequest> Accepted => _accepted;

    /// <summary>What the devices of the attempt told unasked.</summary>
    public AlertLedger Alerts { get; }

    /// <summary>What happened to the supply of the devices of the attempt.</summary>
    public SupplyWatch Supply { get; }

    /// <summary>What the hubs that devices of the attempt feed tell of outages.</summary>
    public OutageAlerts Outages { get; }

    /// <summary>Which devices the attempt has left without supply.</summary>
    public PowerLedger Power { get; } = new();

    /// <summary>Told what nothing that is written of the attempt may hold.</summary>
    internal Action<string> SecretKept { get; init; } = static _ => { };

    /// <summary>Keeps a value out of all that is written of the attempt.</summary>
    public void KeepSecret(string secret) => SecretKept(secret);

    /// <summary>Remembers a request that the service accepted.</summary>
    public void Accept(AcceptedRequest request) => _accepted.Add(request);

    /// <summary>The device that a role is bound to.</summary>
    /// <exception cref="System.Diagnostics.UnreachableException">The loader let through a role that the case does not bind.</exception>
    public BenchDevice DeviceOf(string role) =>
        Devices.Find(role) ?? throw new System.Diagnostics.UnreachableException($"role '{role}' is not bound");

    /// <summary>Sets a device's status in the agent's copy of the inventory until the attempt ends.</summary>
    public void SetStatus(BenchDevice device, DeviceStatus status) => _inventory.SetStatus(device, status);
}

/// <summary>What a step found.</summary>
/// <param name="Symptom">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
public sealed record StepReport(Symptom Symptom, string Reason)
{
    /// <summary>A step that had nothing to expect, and did what it is for.</summary>
    public static StepReport Done { get; } = new(Symptom.ExpectationsMet, string.Empty);

    /// <summary>The service request that the step sent; null when it sent none.</summary>
    public RequestTrace? Request { get; init; }

    /// <summary>The expectations with what was found.</summary>
    public IReadOnlyList<Expectations.ExpectationResult> Expectations { get; init; } = [];

    /// <summary>What was captured, by name.</summary>
    public IReadOnlyDictionary<string, string> Captured { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string,
        string>.Empty;

    /// <summary>The supplies that the step looked at, as they were seen since the attempt began.</summary>
    public IReadOnlyList<SupplyObservation> Supply { get; init; } = [];

    /// <summary>The contacts that moved covers or pressed buttons, in order.</summary>
    public IReadOnlyList<ContactMove> Contacts { get; init; } = [];

    /// <summary>What the person at the bench was asked and answered; null when nobody was asked.</summary>
    public Evidence.OperatorEvidence? Operator { get; init; }

    /// <summary>The picture that came with the answer; null when none did.</summary>
    public OperatorPicture? Picture { get; init; }

    /// <summary>What a comms hub told of itself; null when the step asked none.</summary>
    public Evidence.HubReportEvidence? Hub { get; init; }

    /// <summary>Where the time of the service request went; null when the step sent none, or had no answer.</summary>
    public LatencySplit? Latency => Request?.Exchange?.Latency;
}
