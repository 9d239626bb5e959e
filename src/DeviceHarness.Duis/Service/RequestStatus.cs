namespace DeviceHarness.Duis.Service;

/// <summary>What the service's own log says of a request that it accepted.</summary>
/// <remarks>The two words are those of SEC Panel paper SECP_79_1704_03 on Testing Issue 110029; the service's other words are not
/// public.</remarks>
public enum RequestStatus
{
    /// <summary>The SMETS1 Service Provider has not acknowledged that it is done, or did so too late to be taken.</summary>
    InProgress,

    /// <summary>The SMETS1 Service Provider acknowledged that it is done.</summary>
    Complete,
}
