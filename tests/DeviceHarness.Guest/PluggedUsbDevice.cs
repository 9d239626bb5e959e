using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DeviceHarness.Guest;

/// <summary>A USB device that this program answers for, plugged into the kernel's virtual host controller (vhci-hcd): for the kernel and
/// its drivers it is there as any other. It has control requests alone.</summary>
/// <remarks>Spec: Linux, <c>Documentation/usb/usbip_protocol.rst</c>, of which the kernel's side speaks the transfers alone.</remarks>
internal sealed class PluggedUsbDevice : IDisposable
{
    private const string Controller = "/sys/devices/platform/vhci_hcd.0";
    private const int HeaderOctets = 48;
    private const int Submit = 1;
    private const int Unlink = 2;
    private const int Submitted = 3;
    private const int Unlinked = 4;
    private const int FullSpeed = 2;
    private const int DeviceId = 0x0001_0002;
    private const int BrokenPipe = 32;

    private readonly Socket _far;
    private readonly Socket _near;
    private readonly int _port;
    private readonly Thread _answering;
    private readonly Func<UsbSetup, byte[], byte[]?> _answer;
    private bool _isPulledOut;

    private PluggedUsbDevice(Socket far, Socket near, int port, Func<UsbSetup, byte[], byte[]?> answer)
    {
        (_far, _near, _port, _answer) = (far, near, port, answer);
        _answering = new Thread(Answer) { IsBackground = true, Name = "usb device" };
        _answering.Start();
    }

    /// <summary>Plugs one in at full speed. The kernel asks it for its descriptors at once, on another thread.</summary>
    /// <param name="port">The socket of the controller, 0 to 7.</param>
    /// <param name="answer">Answers a request and its octets; null refuses it (a stall).</param>
    public static PluggedUsbDevice PlugIn(int port, Func<UsbSetup, byte[], byte[]?> answer)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint!);
        Socket far = listener.Accept();
        far.NoDelay = near.NoDelay = true;
        PluggedUsbDevice device = new(far, near, port, answer);
        File.WriteAllText(
            Path.Combine(Controller, "attach"),
            string.Create(CultureInfo.InvariantCulture, $"{port} {near.Handle} {DeviceId} {FullSpeed}"));
        return device;
    }

    /// <summary>Pulls it out.</summary>
    public void Dispose()
    {
        if (!_isPulledOut)
        {
            _isPulledOut = true;
            File.WriteAllText(Path.Combine(Controller, "detach"), _port.ToString(CultureInfo.InvariantCulture));
            _far.Dispose();
            _near.Dispose();
            _answering.Join();
        }
    }

    private void Answer()
    {
        try
        {
            Span<byte> header = stackalloc byte[HeaderOctets];
            while (Receive(header))
            {
                switch (BinaryPrimitives.ReadInt32BigEndian(header))
                {
                    case Submit when !AnswerTransfer(header):
                        return;
                    case Unlink:
                        // What it asks to forget was answered before: 0 says so.
                        Begin(header, Unlinked);
                        Send(header);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was pulled out.
            return;
        }
    }

    private bool AnswerTransfer(Span<byte> header)
    {
        bool isIn = BinaryPrimitives.ReadInt32BigEndian(header[12..]) == 1;
        int endpoint = BinaryPrimitives.ReadInt32BigEndian(header[16..]);
        int length = BinaryPrimitives.ReadInt32BigEndian(header[24..]);
        ReadOnlySpan<byte> setup = header[40..];
        UsbSetup request = new(
            setup[0], setup[1], BinaryPrimitives.ReadUInt16LittleEndian(setup[2..]), BinaryPrimitives.ReadUInt16LittleEndian(setup[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(setup[6..]));
        byte[] octets = new byte[isIn ? 0 : length];
        if (!Receive(octets))
        {
            return false;
        }

        byte[]? answer = endpoint == 0 ? _answer(request, octets) : null;
        byte[] sent = isIn && answer is not null ? answer[..Math.Min(answer.Length, length)] : [];
        Begin(header, Submitted);
        BinaryPrimitives.WriteInt32BigEndian(header[20..], answer is null ? -BrokenPipe : 0);
        BinaryPrimitives.WriteInt32BigEndian(header[24..], isIn ? sent.Length : octets.Length);
        Send(header);
        Send(sent);
        return true;
    }

    /// <summary>An answer has the number of the question; where it would name device, direction and endpoint there is 0.</summary>
    private static void Begin(Span<byte> header, int command)
    {
        header[8..].Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, command);
    }

    private bool Receive(Span<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            int count = _far.Receive(octets);
            if (count == 0)
            {
                return false;
            }

            octets = octets[count..];
        }

        return true;
    }

    private void Send(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[_far.Send(octets)..];
        }
    }
}
