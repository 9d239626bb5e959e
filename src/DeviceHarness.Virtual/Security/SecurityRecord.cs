namespace DeviceHarness.Virtual.Security;

/// <summary>What a meter keeps of its security without power. A key is in it only as it came, wrapped under the master key.</summary>
/// <param name="FirstFree">The first invocation counter that it surely did not send.</param>
/// <param name="Clients">What it keeps of each client, by address.</param>
internal sealed record SecurityRecord(uint FirstFree, IReadOnlyDictionary<int, ClientSecurityRecord> Clients)
{
    /// <summary>A meter that nobody talked to yet.</summary>
    public static SecurityRecord None { get; } = new(0, new Dictionary<int, ClientSecurityRecord>());

    /// <summary>The keys that were transferred; null when the meter still holds those of its model.</summary>
    public TransferredKeys? Transferred { get; init; }
}

/// <summary>Keys that were transferred to a meter, as they came.</summary>
/// <param name="Unicast">The wrapped global unicast encryption key; null when it never came.</param>
/// <param name="Authentication">The wrapped authentication key; null when it never came.</param>
/// <param name="At">When the last of them came, true time.</param>
internal sealed record TransferredKeys(byte[]? Unicast, byte[]? Authentication, DateTimeOffset At);

/// <summary>What a meter keeps of one client.</summary>
/// <param name="LastReceived">The last invocation counter that it took from the client; null when it took none.</param>
/// <param name="Failures">How many authentications have failed since the last that succeeded.</param>
/// <param name="LockedUntil">Until when the client is locked out, true time; null when it is not.</param>
internal sealed record ClientSecurityRecord(uint? LastReceived, int Failures, DateTimeOffset? LockedUntil);
