using System.Buffers;
using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Benchmarks.Codecs;

/// <summary>What does one ciphered GET cost, from the request to octets and back?</summary>
/// <remarks>
/// Suite 0, authenticated and encrypted, in the wrapper of the service. The APDUs are a third party's; what is opened is held against them.
/// The counters go on as in a session: no two APDUs are the same.
/// </remarks>
[MemoryDiagnoser]
[Description("What does one ciphered GET cost, from the request to octets and back?")]
public class CipheredGet : IInvocationCounterStore
{
    private const int RoomOctets = 256;

    private readonly byte[] _plain = new byte[RoomOctets];
    private readonly byte[] _line = new byte[RoomOctets];
    private readonly byte[] _opened = new byte[RoomOctets];
    private byte[] _request = [];
    private byte[] _response = [];
    private SecurityContext? _client;
    private SecurityContext? _server;

    private SecurityContext Client => _client ?? throw new InvalidOperationException("not set up");

    private SecurityContext Server => _server ?? throw new InvalidOperationException("not set up");

    [GlobalSetup]
    public void Setup()
    {
        _request = Fixtures.Dlms("get-request-normal");
        _response = Fixtures.Dlms("get-response-normal-u32");
        SystemTitle client = new(0x4D4D4D0000000001);
        SystemTitle server = new(0x4142434445464748);
        _client = Side(client, server);
        _server = Side(server, client);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _client?.Dispose();
        _server?.Dispose();
    }

    /// <summary>Encode, protect, open and decode a request: the figure that is asked for.</summary>
    [Benchmark]
    public int EncodeAndDecodeRequest()
    {
        GetRequest.Decode(_request, out GetRequest request, out _, out _);
        OperationStatus encoded = GetRequest.Encode(request, _plain, out int plainOctets);
        int opened = OverTheLine(Client, Server, plainOctets);
        OperationStatus decoded = GetRequest.Decode(_opened.AsSpan(0, opened), out GetRequest read, out int consumed, out _);
        Verify.That(encoded == OperationStatus.Done && decoded == OperationStatus.Done);
        Verify.That(consumed == _request.Length && read.Attribute == request.Attribute);
        return consumed;
    }

    /// <summary>The same for a response.</summary>
    [Benchmark]
    public int EncodeAndDecodeResponse()
    {
        GetResponse.Decode(_response, out GetResponse response, out _, out _);
        OperationStatus encoded = GetResponse.Encode(response, _plain, out int plainOctets);
        int opened = OverTheLine(Server, Client, plainOctets);
        OperationStatus decoded = GetResponse.Decode(_opened.AsSpan(0, opened), out _, out int consumed, out _);
        Verify.That(encoded == OperationStatus.Done && decoded == OperationStatus.Done);
        Verify.That(_opened.AsSpan(0, consumed).SequenceEqual(_response));
        return consumed;
    }

    /// <inheritdoc/>
    public void Save(uint firstFree)
    {
        // The figure is the codec's: a store costs what its disk costs, once for all counters that it reserves.
    }

    private int OverTheLine(SecurityContext sender, SecurityContext receiver, int plainOctets)
    {
        OperationStatus sealedStatus = sender.Seal(
            CipheringForm.ServiceSpecificGlobal, _plain.AsSpan(0, plainOctets), _line, out int lineOctets, out _);
        OperationStatus opened = receiver.Open(_line.AsSpan(0, lineOctets), _opened, out OpenedApdu apdu, out _);
        Verify.That(sealedStatus == OperationStatus.Done && opened == OperationStatus.Done);
        return apdu.Apdu.Length;
    }

    private SecurityContext Side(SystemTitle own, SystemTitle peer)
    {
        Span<byte> encryption = stackalloc byte[SecuritySuiteFacts.ShortKeyOctets];
        Span<byte> authentication = stackalloc byte[SecuritySuiteFacts.ShortKeyOctets];
        encryption.Fill(0x11);
        authentication.Fill(0x22);
        GlobalKeys keys = new(CipherKey.Create(encryption), CipherKey.Create(authentication));
        SecurityCounters counters = new(new SendCounter(0, this), new ReceiveCounter());
        return new SecurityContext(SecuritySuite.Suite0, own, keys, counters) { PeerTitle = peer };
    }
}
