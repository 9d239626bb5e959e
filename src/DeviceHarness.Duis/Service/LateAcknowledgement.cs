namespace DeviceHarness.Duis.Service;

/// <summary>Testing Issue 110029: the SMETS1 Service Provider answers a request in time and acknowledges it late, so that the log stays
/// at <see cref="RequestStatus.InProgress"/>.</summary>
/// <remarks>Known from SEC Panel paper SECP_79_1704_03: any request, some devices, not always; the request itself succeeds.</remarks>
public sealed record LateAcknowledgement : RequestFault
{
    /// <summary>Creates the fault as it was seen: about every second request.</summary>
    public LateAcknowledgement()
    {
        Share = 0.5;
    }

    /// <summary>How long after the answer the acknowledgement comes.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(5);
}
