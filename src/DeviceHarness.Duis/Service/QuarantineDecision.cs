namespace DeviceHarness.Duis.Service;

/// <summary>What a User has decided about a request in quarantine; each leaves it once.</summary>
public enum QuarantineDecision
{
    /// <summary>It is sent to its device.</summary>
    Release,

    /// <summary>It is never sent.</summary>
    Drop,
}
