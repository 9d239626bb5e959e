using System.Buffers;
using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Benchmarks.Codecs;

/// <summary>What does one GET cost in the codec, and what a walk over a long value?</summary>
/// <remarks>All octets are a third party's. The value is a load profile of 24 rows with three columns, 554 octets.</remarks>
[MemoryDiagnoser]
[Description("What does one GET cost in the codec, and what a walk over a long value?")]
public class DlmsCodec
{
    private const int ProfileRows = 24;
    private const int ProfileColumns = 3;
    private const long MeterReading = 5009;

    private static readonly CosemAttributeDescriptor Attribute = new(1, ObisCode.Parse("0-0:43.1.0.255"), 2);

    private readonly byte[] _target = new byte[1024];
    private byte[] _request = [];
    private byte[] _response = [];
    private byte[] _responseData = [];
    private byte[] _profile = [];
    private InvokeIdAndPriority _invokeId;

    [GlobalSetup]
    public void Setup()
    {
        _request = Fixtures.Dlms("get-request-normal");
        _response = Fixtures.Dlms("get-response-normal-u32");
        _profile = Fixtures.Dlms("load-profile-24-rows");
        _invokeId = new InvokeIdAndPriority(_request[2]);
        GetResponse.Decode(_response, out GetResponse response, out _, out _);
        _responseData = response.Result.Data.ToArray();
    }

    [Benchmark]
    public int DecodeGetRequest()
    {
        OperationStatus status = GetRequest.Decode(_request, out GetRequest request, out int consumed, out _);
        Verify.That(status == OperationStatus.Done && consumed == _request.Length && request.Attribute == Attribute);
        return consumed;
    }

    [Benchmark]
    public int EncodeGetRequest()
    {
        OperationStatus status = GetRequest.Encode(GetRequest.Normal(_invokeId, Attribute), _target, out int written);
        Verify.That(status == OperationStatus.Done && _target.AsSpan(0, written).SequenceEqual(_request));
        return written;
    }

    [Benchmark]
    public long DecodeGetResponse()
    {
        OperationStatus status = GetResponse.Decode(_response, out GetResponse response, out int consumed, out _);
        AxdrReader reader = new(response.Result.Data);
        bool isRead = reader.TryReadValue(out AxdrValue value) & value.TryGetInt64(out long reading);
        Verify.That(status == OperationStatus.Done && consumed == _response.Length && isRead && reading == MeterReading);
        return reading;
    }

    [Benchmark]
    public int EncodeGetResponse()
    {
        OperationStatus status = GetResponse.Encode(GetResponse.Normal(_invokeId, _responseData), _target, out int written);
        Verify.That(status == OperationStatus.Done && _target.AsSpan(0, written).SequenceEqual(_response));
        return written;
    }

    /// <summary>Every value of the profile one by one, without an object made.</summary>
    [Benchmark]
    public int WalkProfile()
    {
        AxdrReader reader = new(_profile);
        int values = 0;
        while (reader.RemainingOctets > 0 && reader.TryReadValue(out _))
        {
            values++;
        }

        Verify.That(reader.RemainingOctets == 0 && values == 1 + (ProfileRows * (1 + ProfileColumns)));
        return values;
    }

    /// <summary>The same profile as a tree of objects.</summary>
    [Benchmark]
    public DlmsData ReadProfileAsTree()
    {
        OperationStatus status = DlmsDataCodec.Decode(_profile, out DlmsData data, out int consumed, out _);
        Verify.That(status == OperationStatus.Done && consumed == _profile.Length && data.Items.Count == ProfileRows);
        return data;
    }
}
