namespace DeviceHarness.Virtual.Esme;

/// <summary>The control state of the supply, with the numbers of the disconnect control class.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 70 attribute 3, as the domain guide gives it; the GB mapping calls them Disabled, Enabled and
/// Armed.</remarks>
public enum SupplyState
{
    /// <summary>The consumer is cut off.</summary>
    Disconnected = 0,

    /// <summary>The consumer is supplied.</summary>
    Connected = 1,

    /// <summary>Cut off, and the consumer may reconnect by hand.</summary>
    ReadyForReconnection = 2,
}
