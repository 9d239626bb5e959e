namespace DeviceHarness.Agent.Bench;

/// <summary>A home area network for people and programs; numbers as hexadecimal digits.</summary>
/// <param name="PanId">Its short identifier.</param>
/// <param name="ExtendedPanId">Its identifier.</param>
/// <param name="Channel">Its channel, 11 to 26.</param>
/// <param name="Role">What the adapter is in it.</param>
/// <param name="NodeId">The adapter's short address.</param>
public sealed record HanNetworkListing(string PanId, string ExtendedPanId, byte Channel, string Role, string NodeId)
{
    /// <inheritdoc/>
    public override string ToString() => $"PAN {PanId}, extended PAN {ExtendedPanId}, channel {Channel}, {Role} {NodeId}";
}

/// <summary>A network that was formed.</summary>
/// <param name="Network">The network.</param>
/// <param name="Energy">The channels that were measured first: the most that was heard on each, in dBm.</param>
public sealed record HanFormed(HanNetworkListing Network, IReadOnlyDictionary<int, int> Energy);

/// <summary>An adapter as a member of a hub's network.</summary>
/// <param name="Network">The network.</param>
/// <param name="TrustCentre">The hub's identifier.</param>
/// <param name="IsNew">Whether it joined just now; else it was in the network before, and the hub answers.</param>
/// <param name="LinkKey">How key establishment ended; empty where no certificate is held.</param>
public sealed record HanMember(HanNetworkListing Network, string TrustCentre, bool IsNew, string LinkKey);

/// <summary>One thing that several devices were asked.</summary>
/// <param name="Question">What.</param>
/// <param name="Forms">The form of each device's answer: a status, unknown, a value, or the code of a fault.</param>
/// <param name="IsAlike">Whether all answered in the same form.</param>
public sealed record HanFormListing(string Question, IReadOnlyList<string> Forms, bool IsAlike);

/// <summary>What became of a device that was let in.</summary>
/// <param name="Device">Its name in the rig file.</param>
/// <param name="NodeId">Its short address; null when it did not join in time.</param>
/// <param name="LinkKey">How key establishment ended; empty where no certificate is held and none was waited for.</param>
/// <param name="IsIn">Whether it joined and, where certificates are held, agreed on a key.</param>
public sealed record HanJoined(string Device, string? NodeId, string LinkKey, bool IsIn);

/// <summary>A device of the rig file in the network of its adapter.</summary>
public sealed record HanDeviceListing
{
    /// <summary>Its name in the rig file.</summary>
    public required string Device { get; init; }

    /// <summary>Its identifier.</summary>
    public required string Eui64 { get; init; }

    /// <summary>Its short address; null when it is not in the network.</summary>
    public string? NodeId { get; init; }

    /// <summary>What it is in the network; null when nobody told.</summary>
    public string? Kind { get; init; }

    /// <summary>The link quality of what was heard last, 0 to 255.</summary>
    public byte? Lqi { get; init; }

    /// <summary>The signal strength of what was heard last, in dBm.</summary>
    public sbyte? RssiDbm { get; init; }

    /// <summary>The clusters of Smart Energy that it serves; empty when it was not asked.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];

    /// <summary>Whether its network lets devices join, as its beacon says; null for what is no hub, was not asked or not
    /// heard.</summary>
    public bool? LetsJoin { get; init; }

    /// <summary>Why it is not in the network, or did not answer; empty when all is well.</summary>
    public string Problem { get; init; } = string.Empty;
}
