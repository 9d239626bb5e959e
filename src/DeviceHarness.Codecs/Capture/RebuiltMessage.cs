using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Capture;

/// <summary>A message of the HAN as an adapter told it: who sent it to whom, its APS header, and what it carried.</summary>
/// <remarks>
/// An adapter hands over messages without the layers below and without ciphering. From this the frame is built again as it would have
/// been on air without security: no key is in it. What the adapter does not tell (sequences, radius, relays) has plain values.
/// </remarks>
/// <param name="PanId">The network's PAN.</param>
/// <param name="Source">The sender's network address.</param>
/// <param name="Destination">The receiver's network address, or a broadcast address.</param>
/// <param name="Header">The APS header; secured and extended headers are left out of the frame.</param>
/// <param name="Asdu">The message: a ZCL frame or a ZDO message.</param>
public sealed record RebuiltMessage(ushort PanId, ushort Source, ushort Destination, ApsHeader Header, ReadOnlyMemory<byte> Asdu);
