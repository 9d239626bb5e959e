using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>On a line in memory.</summary>
public sealed class EsmeDriverTests : EsmeDriverContract
{
    protected override (IByteTransport Near, IByteTransport Far) Line()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        return (pair.Near, pair.Far);
    }
}

/// <summary>On a real pseudo-terminal.</summary>
public sealed class EsmeDriverOverPtyTests : EsmeDriverContract
{
    protected override (IByteTransport Near, IByteTransport Far) Line()
    {
        PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "esme-01", DrainLimit = TimeSpan.Zero });
        SerialPortTransport near = SerialPortTransport.Open(
            new SerialPortSettings { Path = far.ClientPath, Name = "esme-01", HasLineTime = false });
        return (near, far);
    }
}
