namespace DeviceHarness.Virtual.Hub;

/// <summary>A device in a hub's log of its home area network.</summary>
/// <param name="Identifier">Its EUI-64, the first octet in the highest eight bits.</param>
/// <param name="LastSeen">When it was heard last, UTC; null for a device that has not joined yet.</param>
/// <param name="LinkQuality">The quality of its sub-GHz link (-128 to 127); null for a device on 2.4 GHz.</param>
public readonly record struct HanDevice(ulong Identifier, DateTimeOffset? LastSeen, sbyte? LinkQuality);
