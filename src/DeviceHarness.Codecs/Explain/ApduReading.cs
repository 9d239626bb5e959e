using System.Buffers;

namespace DeviceHarness.Codecs.Explain;

/// <summary>How far an APDU could be decoded.</summary>
internal readonly record struct ApduReading(OperationStatus Status, int ConsumedOctets, CodecFault Fault);
