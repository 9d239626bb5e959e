using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Esme;

/// <summary>What an engine needs of the meter around it.</summary>
internal interface IMeterHost
{
    /// <summary>The moment that is being lived, by the meter's clock.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether the meter trusts its clock.</summary>
    bool IsClockValid { get; }

    /// <summary>The supply, as the engines move it.</summary>
    SupplyControl Supply { get; }

    /// <summary>Whether a defect is planted.</summary>
    bool Has(EsmeDefects defect);

    /// <summary>Enters an event into the logs and queues the alert, if it is one.</summary>
    void Enter(EventCode code);
}
