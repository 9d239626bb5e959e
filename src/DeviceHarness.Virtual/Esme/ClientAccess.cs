namespace DeviceHarness.Virtual.Esme;

/// <summary>What a client may do once it is associated.</summary>
public enum ClientAccess
{
    /// <summary>Reads what identifies the meter, and its clock; changes nothing.</summary>
    Identity = 0,

    /// <summary>Reads everything, sets and acts.</summary>
    Management = 1,
}

/// <summary>A client that the meter knows.</summary>
/// <param name="Address">The client's HDLC address and SAP, such as 16 (public) or 1 (management).</param>
/// <param name="Access">What it may do.</param>
/// <param name="TestPassword">The password of low-level security; null for a client without security. Only ever a test secret.</param>
public sealed record MeterClient(int Address, ClientAccess Access, string? TestPassword)
{
    /// <summary>The client without its password.</summary>
    public override string ToString() => $"client {Address}, {Access}, {(TestPassword is null ? "no security" : "LLS")}";
}
