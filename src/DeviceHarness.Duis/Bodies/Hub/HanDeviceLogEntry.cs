namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>A device in a comms hub's log. Each value may be absent.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="LastCommunications">When it was heard last.</param>
/// <param name="SubGHzLinkQuality">The quality of its sub-GHz link, -128 to 127; absent on 2.4 GHz.</param>
/// <remarks>Spec: MMC XML schema 5.4, CHFDeviceLogEntry.</remarks>
public sealed record HanDeviceLogEntry(Eui64? DeviceId, DateTimeOffset? LastCommunications = null, int? SubGHzLinkQuality = null);
