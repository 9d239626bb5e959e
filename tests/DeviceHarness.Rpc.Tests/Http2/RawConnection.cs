using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace DeviceHarness.Rpc.Tests.Http2;

/// <summary>A connection that sends any octets at all: HTTP/2 frames good and bad, and what is no HTTP/2.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    public const byte Data = 0x0;
    public const byte Headers = 0x1;
    public const byte Priority = 0x2;
    public const byte ResetStream = 0x3;
    public const byte Settings = 0x4;
    public const byte PushPromise = 0x5;
    public const byte Ping = 0x6;
    public const byte GoAway = 0x7;
    public const byte WindowUpdate = 0x8;
    public const byte Continuation = 0x9;

    public const byte None = 0x0;
    public const byte EndStream = 0x1;
    public const byte Ack = 0x1;
    public const byte EndHeaders = 0x4;
    public const byte Padded = 0x8;

    private const int HeaderOctets = 9;

    private readonly TcpClient _tcp = new();
    private NetworkStream? _stream;

    public static byte[] Preface { get; } = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    /// <summary>The headers of a good unary call, to be changed.</summary>
    public static List<(string Name, string Value)> CallHeaders => Call("Unary");

    public static List<(string Name, string Value)> Call(string method) =>
    [
        (":method", "POST"), (":scheme", "http"), (":path", $"/echo.v1.EchoService/{method}"), (":authority", "127.0.0.1"),
        ("content-type", "application/grpc"), ("te", "trailers"),
    ];

    /// <summary>Connects; says nothing.</summary>
    public static async Task<RawConnection> DialAsync(string address)
    {
        RawConnection connection = new();
        Uri uri = new(address);
        await connection._tcp.ConnectAsync(uri.Host, uri.Port);
        connection._stream = connection._tcp.GetStream();
        return connection;
    }

    /// <summary>Connects and does what opens a good connection.</summary>
    public static async Task<RawConnection> OpenAsync(string address)
    {
        RawConnection connection = await DialAsync(address);
        await connection.SendAsync([.. Preface, .. Frame(Settings, None, 0, [])]);
        return connection;
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload) =>
        Frame(type, flags, stream, payload, payload.Length);

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload, int statedLength)
    {
        byte[] frame = new byte[HeaderOctets + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, statedLength << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderOctets));
        return frame;
    }

    /// <summary>A header block without compression or table.</summary>
    public static byte[] Block(IEnumerable<(string Name, string Value)> headers)
    {
        List<byte> block = [];
        foreach ((string name, string value) in headers)
        {
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return [.. block];
    }

    public Task SendAsync(byte[] octets) => _stream!.WriteAsync(octets).AsTask();

    public Task SendAsync(byte type, byte flags, int stream, params byte[] payload) => SendAsync(Frame(type, flags, stream, payload));

    /// <summary>Opens a stream with the headers of a good call.</summary>
    public Task StartCallAsync(int stream, string method = "Unary", byte flags = EndHeaders) =>
        SendAsync(Headers, flags, stream, Block(Call(method)));

    /// <summary>No more will be sent.</summary>
    public void ShutDownSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection without a farewell.</summary>
    public void Cut()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Close();
    }

    /// <summary>Reads until the server ends the connection or a stream: what it said last, such as <c>GOAWAY 1</c>, <c>RESET 7</c>,
    /// <c>END</c> (a response that is whole) or <c>CLOSED</c>.</summary>
    public Task<string> ReadEndAsync() => ReadEndAsync(isConnectionOnly: false);

    /// <summary>Reads until the server ends the connection, over what it says of single streams: <c>GOAWAY 11</c> or
    /// <c>CLOSED</c>.</summary>
    public Task<string> ReadConnectionEndAsync() => ReadEndAsync(isConnectionOnly: true);

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadEndAsync(bool isConnectionOnly)
    {
        byte[] header = new byte[HeaderOctets];
        try
        {
            while (true)
            {
                await _stream!.ReadExactlyAsync(header);
                byte[] payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >> 8];
                await _stream.ReadExactlyAsync(payload);
                bool ends = (header[4] & EndStream) != 0;
                switch (header[3])
                {
                    case GoAway:
                        return $"GOAWAY {BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4))}";
                    case ResetStream when !isConnectionOnly:
                        return $"RESET {BinaryPrimitives.ReadInt32BigEndian(payload)}";
                    case Headers or Data when ends && !isConnectionOnly:
                        return "END";
                }
            }
        }
        catch (IOException)
        {
            return "CLOSED";
        }
    }

    private static void AddText(List<byte> block, string text)
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        const int prefix = 0x7F;
        if (octets.Length < prefix)
        {
            block.Add((byte)octets.Length);
        }
        else
        {
            block.Add(prefix);
            int rest = octets.Length - prefix;
            for (; rest >= 0x80; rest >>= 7)
            {
                block.Add((byte)(rest | 0x80));
            }

            block.Add((byte)rest);
        }

        block.AddRange(octets);
    }
}
