using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hostile;

public sealed class AllocationTests
{
    private const int Rounds = 1000;

    private static readonly byte[] Frame = "7EA0190321D4575AE6E600C001C1000100002A0000FF020012807E".Octets();
    private static readonly byte[] Request = "C001C100070100630100FF020102020406000000010600000003120001120000".Octets();
    private static readonly byte[] Response = "C401C1000600001391".Octets();
    private static readonly byte[] ListResponse = "C403C10200091049534B3130333037373737363433363600090C07E50603040E091700FFC400".Octets();
    private static readonly byte[] Invocation = "C301C10046000060030AFF01010F00".Octets();
    private static readonly byte[] Block = "E0010001000005C001C10008".Octets();
    private static readonly byte[] Range =
        "0204020412000809060000010000FF0F02120000090C07E10A010700000000FFC480090C07E10A010701000000FFC4800100".Octets();

    private static readonly byte[] Identification = "2F415041355C324E4F52415833300D0A".Octets();
    private static readonly byte[] ReadOut = "02333A3134283331342A6B576829343A3135283431352A6B5768290D0A210D0A0322".Octets();

    private static readonly byte[] Association =
        "6129A109060760857405080101A203020100A305A103020100BE10040E0800065F1F040000501F01F40007".Octets();

    private static readonly byte[] Rows =
        ("01040204090C07E30C1F0217000000FFC400110606000005ED0600000654020400110606000005ED0600000654"
        + "020400110606000005ED0600000654020400110606000005ED0600000654").Octets();

    private static readonly byte[] Target = new byte[512];
    private static readonly byte[] Line = new byte[512];
    private static readonly HdlcFrameReader Reader = new();
    private static readonly SecurityContext Client = Side(1, 2);
    private static readonly SecurityContext Server = Side(2, 1);

    private static Dictionary<string, Func<int>> Work { get; } = new()
    {
        ["HDLC decode and encode"] = HdlcBothWays,
        ["HDLC stream"] = HdlcStream,
        ["GET request"] = GetRequestBothWays,
        ["GET response"] = GetResponseBothWays,
        ["ACTION request"] = ActionRequestBothWays,
        ["general block transfer"] = BlockBothWays,
        ["selection by range"] = RangeBothWays,
        ["conformance of a request"] = ConformanceOfARequest,
        ["sign-on"] = SignOnBothWays,
        ["AARE"] = AareBothWays,
        ["ciphered GET"] = CipheredGetBothWays,
        ["authenticated GET"] = AuthenticatedGetBothWays,
        ["A-XDR walk"] = Walk,
        ["fault"] = Fault,
    };

    public static TheoryData<string> Names { get; } = [.. Work.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_hot_path_allocates_nothing(string name)
    {
        Func<int> work = Work[name];
        int done = work();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
        {
            done += work();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.Should().Be(0);
        done.Should().BeGreaterThan(Rounds);
    }

    private static int HdlcBothWays()
    {
        HdlcFrameCodec.Decode(Frame, out HdlcFrame frame, out _, out _);
        HdlcFrameCodec.Encode(frame, Target, out int written);
        return written;
    }

    private static int HdlcStream()
    {
        Reader.Append(Frame);
        int frames = 1;
        while (Reader.TryRead(out _, out _))
        {
            frames++;
        }

        return frames;
    }

    private static int GetRequestBothWays()
    {
        GetRequest.Decode(Request, out GetRequest request, out _, out _);
        GetRequest.Encode(request, Target, out int written);
        return written;
    }

    private static int GetResponseBothWays()
    {
        GetResponse.Decode(Response, out GetResponse response, out _, out _);
        GetResponse.Encode(response, Target, out int written);
        GetResponse.Decode(ListResponse, out response, out _, out _);
        GetResponse.Encode(response, Target, out int more);
        return written + more;
    }

    private static int ActionRequestBothWays()
    {
        ActionRequest.Decode(Invocation, out ActionRequest request, out _, out _);
        ActionRequest.Encode(request, Target, out int written);
        return written;
    }

    private static int BlockBothWays()
    {
        GeneralBlockTransfer.Decode(Block, out GeneralBlockTransfer block, out _, out _);
        GeneralBlockTransfer.Encode(block, Target, out int written);
        return written;
    }

    private static int RangeBothWays()
    {
        RangeDescriptor.Decode(Range, out RangeDescriptor range, out _, out _);
        RangeDescriptor.Encode(range, Target, out int written);
        return written;
    }

    private static int ConformanceOfARequest() => (int)ServiceConformance.RequiredBy(Request);

    private static int SignOnBothWays()
    {
        IdentificationMessage.Decode(Identification, out IdentificationMessage message, out _, out _);
        IdentificationMessage.Encode(message, Target, out int written);
        DataMessage.Decode(ReadOut, out DataMessage data, out _, out _);
        DataSetReader reader = new(data.Data);
        while (reader.TryRead(out _))
        {
            written++;
        }

        return written;
    }

    private static int AareBothWays()
    {
        Aare.Decode(Association, out Aare aare, out _, out _);
        Aare.Encode(aare, Target, out int written);
        return written;
    }

    private static int CipheredGetBothWays() => Both(CipheringForm.ServiceSpecificGlobal, SecurityProtection.AuthenticatedEncrypted)
        + Both(CipheringForm.GeneralGlobal, SecurityProtection.AuthenticatedEncrypted);

    private static int AuthenticatedGetBothWays() => Both(CipheringForm.ServiceSpecificDedicated, SecurityProtection.Authenticated)
        + Both(CipheringForm.GeneralDedicated, SecurityProtection.Encrypted);

    private static int Both(CipheringForm form, SecurityProtection protection)
    {
        Client.Protection = protection;
        Server.MinimumProtection = protection;
        GetRequest.Decode(Request, out GetRequest request, out _, out _);
        GetRequest.Encode(request, Target, out int written);
        Client.Seal(form, Target.AsSpan(0, written), Line, out int sealedOctets, out _);
        OperationStatus status = Server.Open(Line.AsSpan(0, sealedOctets), Target, out OpenedApdu opened, out _);
        GetRequest.Decode(opened.Apdu, out _, out int consumed, out _);
        return status == OperationStatus.Done && consumed == written ? sealedOctets : throw new InvalidOperationException();
    }

    private static SecurityContext Side(ulong own, ulong peer)
    {
        CipherKey key = CipherKey.Create(new byte[16]);
        SecurityCounters counters = new(new SendCounter(0, new CounterMemory(), reservation: 1_000_000), new ReceiveCounter());
        SecurityContext side = new(SecuritySuite.Suite0, new SystemTitle(own), new GlobalKeys(key, key), counters)
        {
            PeerTitle = new SystemTitle(peer),
        };
        side.UseDedicatedKey(key);
        return side;
    }

    private static int Walk()
    {
        AxdrReader reader = new(Rows);
        long sum = 0;
        while (reader.RemainingOctets > 0 && reader.TryReadValue(out AxdrValue value))
        {
            sum += value.TryGetInt64(out long number) ? number : value.Count;
        }

        return (int)sum;
    }

    private static int Fault()
    {
        GetResponse.Decode(Frame, out _, out _, out CodecFault fault);
        return fault.Clause.Length;
    }
}
