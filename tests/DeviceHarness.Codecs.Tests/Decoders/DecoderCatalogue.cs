using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Frames;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.Codecs.Tests.Decoders;

/// <summary>Every public decoder of Codecs, once. What is in this list gets every test that a decoder gets.</summary>
internal static class DecoderCatalogue
{
    /// <summary>Room for the largest tree that the limits allow.</summary>
    private const long LargestTreeOctets = 64L * 1024 * 1024;

    /// <summary>The vectors of the DLMS fixture file.</summary>
    public static IReadOnlyList<TestVector> Vectors { get; } = TestVector.Load("dlms/dlms-vectors.json");

    private static readonly IReadOnlyList<byte[]> OtaFiles =
        [.. TestVector.Load("ota/ota-vectors.json").Where(vector => vector.Layer == "OTA-file").Select(vector => vector.Octets)];

    /// <summary>The decoders.</summary>
    public static IReadOnlyList<DecoderUnderTest> All { get; } =
    [
        new("hdlc", typeof(HdlcFrameCodec), (source, out consumed, out fault) =>
            HdlcFrameCodec.Decode(source, out _, out consumed, out fault))
        {
            HasChecksum = true,
        },
        new("hdlc-address", typeof(HdlcAddress), (source, out consumed, out fault) =>
            HdlcAddress.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["03", "0223", "00020023", "FEFFFEFF"],
        },
        new("hdlc-parameters", typeof(HdlcParameters), (source, out consumed, out fault) =>
            HdlcParameters.Decode(source, out _, out _, out consumed, out fault))
        {
            // An empty field is the defaults.
            FewestOctets = 0,
            MoreExamples = ["818012050180060180070400000001080400000001"],
        },
        new("hdlc-reject", typeof(HdlcRejectInformation), (source, out consumed, out fault) =>
            HdlcRejectInformation.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["540010", "93530F"],
        },
        new("llc", typeof(LlcHeader), (source, out consumed, out fault) => LlcHeader.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["E6E600", "E6E700"],
        },
        new("wrapper", typeof(WrapperHeader), (source, out consumed, out fault) =>
            WrapperHeader.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["0001000100100000", "00010010000100FF"],
        },
        new("aarq", typeof(Aarq), (source, out consumed, out fault) => Aarq.Decode(source, out _, out consumed, out fault)),
        new("aare", typeof(Aare), (source, out consumed, out fault) => Aare.Decode(source, out _, out consumed, out fault)),
        new("rlrq", typeof(Rlrq), (source, out consumed, out fault) => Rlrq.Decode(source, out _, out consumed, out fault)),
        new("rlre", typeof(Rlre), DecodeRlre)
        {
            // Departs on purpose: whatever starts as a release is one, since peers send wrong lengths.
            EndsWithItsOctets = _ => true,
            FewestOctets = 2,
        },
        new("initiate-request", typeof(InitiateRequest), (source, out consumed, out fault) =>
            InitiateRequest.Decode(source, out _, out consumed, out fault)),
        new("initiate-response", typeof(InitiateResponse), (source, out consumed, out fault) =>
            InitiateResponse.Decode(source, out _, out consumed, out fault)),
        .. DataServices,
        .. SignOnMessages,
        .. ZigBeeFrames.All,
        new("ciphered", typeof(CipheredApdu), (source, out consumed, out fault) =>
            CipheredApdu.Decode(source, out _, out consumed, out fault))
        {
            EndsWithItsOctets = octets => octets[0] is (byte)ApduTag.GeneralCiphering or (byte)ApduTag.GeneralSigning,
            MoreExamples = ["DD0102030405", "DF01", "DB0001AA", "C80101"],
        },
        new("frame-security", typeof(AuxiliaryHeader), (source, out consumed, out fault) =>
            AuxiliaryHeader.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["2801000000332211602BD5B37000", "0001000000", "0D0100000001", "3001000000332211602BD5B370"],
        },
        new("key-transfer", typeof(KeyTransfer), (source, out consumed, out fault) =>
            KeyTransfer.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["0101020216000903AABBCC", "0102020216020900020216030901FF"],
        },
        new("data", typeof(DlmsDataCodec), (source, out consumed, out fault) =>
            DlmsDataCodec.Decode(source, out _, out consumed, out fault))
        {
            MaximumAllocatedOctets = LargestTreeOctets,
            MoreExamples = ["1302020102060600000001FFFF12000002", "1301000206", "130F0201", "01030F010F020F03"],
        },
        new("scaler-unit", typeof(ScalerUnit), (source, out consumed, out fault) =>
            ScalerUnit.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["02020FFD161E", "02020F0016FF"],
        },
        new("ezsp-header", typeof(EzspHeader), (source, out consumed, out fault) =>
            EzspHeader.Decode(source, EzspHeaderForm.Extended, out _, out consumed, out fault))
        {
            MoreExamples = ["0100010000", "1F90011900", "29000114 01"],
        },
        new("ota-header", typeof(OtaHeader), (source, out consumed, out fault) =>
            OtaHeader.Decode(source, out _, out consumed, out fault)),
        new("ota-element", typeof(OtaElement), (source, out consumed, out fault) =>
            OtaElement.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["000003000000010203"],
        },
        new("ota-file", typeof(OtaFile), (source, out consumed, out fault) => OtaFile.Decode(source, out _, out consumed, out fault)),
        new("date-time", typeof(CosemDateTime), (source, out consumed, out fault) =>
            CosemDateTime.Decode(source, out _, out consumed, out fault)),
        new("date", typeof(CosemDate), (source, out consumed, out fault) => CosemDate.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["07E80B1504", "FFFFFEFDFF"],
        },
        new("time", typeof(CosemTime), (source, out consumed, out fault) => CosemTime.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["081E0F17", "FFFFFFFF"],
        },
    ];

    private static IReadOnlyList<DecoderUnderTest> SignOnMessages =>
    [
        new("request-message", typeof(RequestMessage), (source, out consumed, out fault) =>
            RequestMessage.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["2F3F3132333435210D0A"],
        },
        new("identification-message", typeof(IdentificationMessage), (source, out consumed, out fault) =>
            IdentificationMessage.Decode(source, out _, out consumed, out fault)),
        new("option-select-message", typeof(OptionSelectMessage), (source, out consumed, out fault) =>
            OptionSelectMessage.Decode(source, out _, out consumed, out fault)),
        new("data-message", typeof(DataMessage), (source, out consumed, out fault) =>
            DataMessage.Decode(source, out _, out consumed, out fault))
        {
            HasChecksum = true,
        },
        new("programming-command", typeof(ProgrammingCommand), (source, out consumed, out fault) =>
            ProgrammingCommand.Decode(source, out _, out consumed, out fault))
        {
            HasChecksum = true,
        },
    ];

    private static IReadOnlyList<DecoderUnderTest> DataServices =>
    [
        new("get-request", typeof(GetRequest), (source, out consumed, out fault) =>
            GetRequest.Decode(source, out _, out consumed, out fault)),
        new("get-response", typeof(GetResponse), (source, out consumed, out fault) =>
            GetResponse.Decode(source, out _, out consumed, out fault)),
        new("set-request", typeof(SetRequest), (source, out consumed, out fault) =>
            SetRequest.Decode(source, out _, out consumed, out fault))
        {
            // With list, and with list in blocks.
            MoreExamples =
            [
                "C104C10200080000010000FF020000080000010000FF030002090C07E50118FF0E303950FFC4001000 3C",
                "C105C10200080000010000FF020000080000010000FF030000000000010502090C07E5",
            ],
        },
        new("set-response", typeof(SetResponse), (source, out consumed, out fault) =>
            SetResponse.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["C504C102000300000002", "C505C1020003"],
        },
        new("action-request", typeof(ActionRequest), (source, out consumed, out fault) =>
            ActionRequest.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples =
            [
                "C3030100",
                "C303C1020009 00000A006AFF 01 0009 00000A0099FF 01 02 120034 120034",
                "C305C1020009 00000A006AFF 01 0009 00000A0099FF 01 00 00000001 04 02120034",
            ],
        },
        new("action-response", typeof(ActionResponse), (source, out consumed, out fault) =>
            ActionResponse.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["C703C103 0000 0400 00010011 07"],
        },
        new("data-notification", typeof(DataNotification), (source, out consumed, out fault) =>
            DataNotification.Decode(source, out _, out consumed, out fault)),
        new("event-notification", typeof(EventNotification), (source, out consumed, out fault) =>
            EventNotification.Decode(source, out _, out consumed, out fault)),
        new("range-descriptor", typeof(RangeDescriptor), (source, out consumed, out fault) =>
            RangeDescriptor.Decode(source, out _, out consumed, out fault))
        {
            // The selection of a request by another implementation, and one with a column of its own.
            MoreExamples =
            [
                "0204020412000809060000010000FF0F02120000090C07E10A010700000000FFC480090C07E10A010701000000FFC4800100",
                "0204020412000809060000010000FF0F021200000600000001060000000901010204120003090601000108 00FF0F02120000",
            ],
        },
        new("entry-descriptor", typeof(EntryDescriptor), (source, out consumed, out fault) =>
            EntryDescriptor.Decode(source, out _, out consumed, out fault))
        {
            MoreExamples = ["020406000000010600000003120001120000"],
        },
        new("general-block-transfer", typeof(GeneralBlockTransfer), (source, out consumed, out fault) =>
            GeneralBlockTransfer.Decode(source, out _, out consumed, out fault)),
        new("exception-response", typeof(ExceptionResponse), (source, out consumed, out fault) =>
            ExceptionResponse.Decode(source, out _, out consumed, out fault))
        {
            // Only the length of the APDU tells whether the counter is there.
            EndsWithItsOctets = octets => octets[2] == (byte)ExceptionServiceError.InvocationCounterError,
            FewestOctets = 3,
            MoreExamples = ["D80106", "D8010600000102"],
        },
        new("confirmed-service-error", typeof(ConfirmedServiceError), (source, out consumed, out fault) =>
            ConfirmedServiceError.Decode(source, out _, out consumed, out fault)),
    ];

    /// <summary>The decoder of that name.</summary>
    public static DecoderUnderTest Named(string name) => All.Single(decoder => decoder.Name == name);

    /// <summary>Whole messages of a decoder: what it takes of every vector, every information field of a vector's frame, every upgrade
    /// file and every example of its own.</summary>
    public static IReadOnlyList<byte[]> ExamplesOf(DecoderUnderTest decoder)
    {
        IEnumerable<byte[]> candidates = Vectors.Select(vector => vector.Octets)
            .Concat(Vectors.Where(vector => vector.Layer == "hdlc-frame").Select(vector => InformationOf(vector.Octets)))
            .Concat(decoder.MoreExamples.Select(example => example.Octets()))
            .Concat(OtaFiles)
            .Where(octets => octets.Length > 0);
        byte[][] whole =
        [
            .. candidates.Select(octets => decoder.Decode(octets, out int consumed, out _) == OperationStatus.Done
                    ? octets[..consumed]
                    : [])
                .Where(octets => octets.Length > 0)
                .DistinctBy(Convert.ToHexString),
        ];
        whole.Should().NotBeEmpty($"{decoder.Name} needs a whole message");
        return whole;
    }

    /// <summary>The information field of a frame; empty when there is none.</summary>
    public static byte[] InformationOf(byte[] frame)
    {
        HdlcFrameCodec.Decode(frame, out HdlcFrame decoded, out _, out _);
        return decoded.Information.ToArray();
    }

    private static OperationStatus DecodeRlre(ReadOnlySpan<byte> source, out int consumed, out CodecFault fault)
    {
        OperationStatus status = Rlre.Decode(source, out Rlre rlre, out consumed, out fault);
        fault = rlre.HasLengthError ? CodecFault.None : fault;
        return status;
    }
}
