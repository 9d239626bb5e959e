using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Objects;
using DeviceHarness.Virtual.Tests.Esme;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Objects;

/// <summary>Every attribute and method of every object meets values that it cannot want.</summary>
public sealed class WritableAttributesTests
{
    private static readonly string[] Nonsense =
    [
        "00", "0303", "010100", "0100", "020100", "02030101010101", "0900", "09FF", "0941" + "00", "0FFF", "10FFFF", "11FF", "12FFFF",
        "05FFFFFFFF", "0580000000", "06FFFFFFFF", "15FFFFFFFFFFFFFFFF", "16FF", "17FFFFFFFF", "0400", "0408FF", "04820100", "0A0141",
        "19FFFFFFFFFFFFFFFFFFFFFFFF", "0101010101010101010101010100", "01FF00", "090C07EA0231FF00000000800000",
        "090CFFFFFFFFFFFFFFFFFF800000",
        "0203120001090507EA0000FF1101", "010102031200010905FFFF0D01FF1101",
    ];

    private readonly byte[] _target = new byte[512 * 1024];
    private readonly EsmeObjects _objects;

    public WritableAttributesTests()
    {
        EsmeModel model = EsmeFixture.DefaultModel("esme-boost.yaml");
        model = model with { Auxiliary = model.Auxiliary with { IsBoostRemote = true, IsRemoteOverrideAllowed = true } };
        EsmeState meter = new(model, new ManualTimeProvider());
        _objects = new EsmeObjects(meter, new ApplicationAssociation(1024));
    }

    [Fact]
    public void Nonsense_is_taken_or_refused_with_a_typed_result_and_what_is_refused_changes_nothing()
    {
        using AssertionScope scope = new();
        int refusals = 0;
        int tried = 0;
        foreach ((CosemObject item, int attribute) in Writable())
        {
            foreach (string value in Nonsense)
            {
                tried++;
                string before = Read(item, attribute);
                DataAccessResult result = item.Write(attribute, ClientAccess.Management, Convert.FromHexString(value));
                if (result == DataAccessResult.Success)
                {
                    continue;
                }

                refusals++;
                result.Should().BeOneOf(
                    [DataAccessResult.TypeUnmatched, DataAccessResult.OtherReason], "{0} attribute {1}: {2}", item.LogicalName, attribute,
                    value);
                Read(item, attribute).Should().Be(before, "{0} attribute {1}: {2}", item.LogicalName, attribute, value);
            }
        }

        refusals.Should().BeGreaterThan(tried * 3 / 4, "most of it suits nobody");
    }

    [Fact]
    public void Every_writable_attribute_takes_back_what_it_says()
    {
        using AssertionScope scope = new();
        foreach ((CosemObject item, int attribute) in Writable())
        {
            string before = Read(item, attribute);
            if (before == "0900" || before == "0100")
            {
                continue;
            }

            DataAccessResult result = item.Write(attribute, ClientAccess.Management, Convert.FromHexString(before));

            result.Should().Be(DataAccessResult.Success, "{0} attribute {1}: {2}", item.LogicalName, attribute, before);
            Read(item, attribute).Should().Be(before, "{0} attribute {1}", item.LogicalName, attribute);
        }
    }

    [Fact]
    public void Nothing_is_written_or_invoked_by_a_client_without_rights()
    {
        using AssertionScope scope = new();
        foreach (CosemObject item in _objects.All)
        {
            foreach (CosemAttributeRights rights in item.Attributes)
            {
                item.Write(rights.Id, ClientAccess.Identity, [0x00]).Should().Be(
                    DataAccessResult.ReadWriteDenied, "{0} attribute {1}", item.LogicalName, rights.Id);
            }

            foreach (CosemMethodRights rights in item.Methods)
            {
                item.Invoke(rights.Id, ClientAccess.Identity, [0x0F, 0x00]).Should().Be(
                    ActionResult.ReadWriteDenied, "{0} method {1}", item.LogicalName, rights.Id);
            }

            item.Write(99, ClientAccess.Management, [0x00]).Should().Be(DataAccessResult.ObjectUndefined);
            item.Invoke(99, ClientAccess.Management, []).Should().Be(ActionResult.ObjectUndefined);
        }
    }

    [Fact]
    public void Methods_refuse_nonsense_with_a_typed_result()
    {
        using AssertionScope scope = new();
        foreach (CosemObject item in _objects.All)
        {
            foreach (CosemMethodRights rights in item.Methods.Where(rights => rights.CanInvoke(ClientAccess.Management)))
            {
                foreach (string value in Nonsense.Append(string.Empty))
                {
                    item.Invoke(rights.Id, ClientAccess.Management, Convert.FromHexString(value)).Should().BeOneOf(
                        [
                            ActionResult.Success, ActionResult.TypeUnmatched, ActionResult.OtherReason, ActionResult.ObjectUndefined,
                            ActionResult.ReadWriteDenied, ActionResult.ScopeOfAccessViolated, ActionResult.TemporaryFailure,
                        ],
                        "{0} method {1}: {2}", item.LogicalName, rights.Id, value);
                }
            }
        }
    }

    [Fact]
    public void Every_readable_attribute_reads_as_one_whole_value()
    {
        using AssertionScope scope = new();
        foreach (CosemObject item in _objects.All)
        {
            foreach (CosemAttributeRights rights in item.Attributes.Where(rights => rights.CanRead(ClientAccess.Management)))
            {
                byte[] encoded = Convert.FromHexString(Read(item, rights.Id));
                AxdrReader reader = new(encoded);
                reader.TrySkipValue(out _).Should().BeTrue("{0} attribute {1}", item.LogicalName, rights.Id);
                reader.RemainingOctets.Should().Be(0, "{0} attribute {1}", item.LogicalName, rights.Id);
            }
        }
    }

    private string Read(CosemObject item, int attribute)
    {
        AxdrWriter writer = new(_target);
        item.Read(attribute, ClientAccess.Management, ref writer).Should().Be(DataAccessResult.Success);
        writer.Complete(out int octets).Should().Be(OperationStatus.Done);
        return Convert.ToHexString(_target, 0, octets);
    }

    // The clock runs on between two looks, and is tested on its own.
    private IEnumerable<(CosemObject Item, int Attribute)> Writable() =>
        from item in _objects.All
        where item.ClassId != 8
        from rights in item.Attributes
        where rights.CanWrite(ClientAccess.Management)
        select (item, rights.Id);
}
