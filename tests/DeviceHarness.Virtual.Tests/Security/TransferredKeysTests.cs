using System.Buffers;
using System.Text;
using System.Text.Json;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Security;

/// <summary>The meter is given new keys by the octets that another maker's library wrote, and by some that nobody should write.</summary>
public sealed class TransferredKeysTests
{
    private const string GetClock = "C001C100080000010000FF0200";
    private const string Transfer = "C301C1004000002B0000FF0201";
    private const string Master = "000102030405060708090A0B0C0D0E0F";
    private const string NewKey = "00112233445566778899AABBCCDDEEFF";
    private const string ThirdKey = "FFEEDDCCBBAA99887766554433221100";
    private const AuthenticationMechanism Gmac = AuthenticationMechanism.HighLevelGmac;

    private static readonly string BothKeys = ThirdPartyVectors.Hex("key-transfer-two-keys");

    [Fact]
    public void New_keys_are_confirmed_under_the_old_and_hold_from_the_next_APDU_on()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient old = Associated(fixture);

        string confirmed = old.Send(BothKeys);
        string refused = old.SendRaw(old.Seal(GetClock));
        SecuredClient former = new(fixture.Client, Gmac, firstFree: 1000);
        AssociationVerdict formerVerdict = former.Associate().Answer.Verdict;
        SecuredClient renewed = new(fixture.Client, Gmac, encryption: NewKey);
        AssociationVerdict newVerdict = renewed.Associate().Answer.Verdict;

        confirmed.Should().Be("C701C10000");
        refused.Should().Be("D80105", "the old key deciphers nothing any more");
        formerVerdict.Should().NotBe(AssociationVerdict.Open);
        newVerdict.Should().Be(AssociationVerdict.Open, "the counters begin at 0 with a new key");
        renewed.Send(GetClock).Should().StartWith("C401C100");
    }

    [Fact]
    public void An_open_association_goes_on_with_the_new_keys()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        client.Send(BothKeys);
        SecuredClient renewed = new(fixture.Client, Gmac, encryption: NewKey);
        renewed.Context.PeerTitle = SecuredModels.Title(SecuredModels.MeterTitle);

        renewed.Send(GetClock).Should().StartWith("C401C100");
    }

    [Fact]
    public void Keys_may_come_one_by_one()
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);

        string answer = client.Send(Transfer + Item(KeyId.GlobalUnicastEncryption, ThirdKey));
        SecuredClient renewed = new(fixture.Client, Gmac, encryption: ThirdKey);

        answer.Should().Be("C701C10000");
        renewed.Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open);
    }

    [Theory]
    [InlineData("wrong wrap", "C701C1FA00")]
    [InlineData("master", "C701C1FA00")]
    [InlineData("broadcast", "C701C1FA00")]
    [InlineData("too long", "C701C1FA00")]
    [InlineData("second of two wrong", "C701C1FA00")]
    [InlineData("no array", "C701C10C00")]
    public void A_transfer_that_cannot_be_taken_changes_nothing(string kind, string expected)
    {
        EsmeFixture fixture = Fixture();
        SecuredClient client = Associated(fixture);
        string sound = Item(KeyId.GlobalUnicastEncryption, NewKey);

        string answer = client.Send(kind switch
        {
            "wrong wrap" => Transfer + sound[..^2] + (sound.EndsWith("00", StringComparison.Ordinal) ? "01" : "00"),
            "master" => Transfer + Item(KeyId.Master, NewKey),
            "broadcast" => Transfer + Item(KeyId.GlobalBroadcastEncryption, NewKey),
            "too long" => Transfer + Item(KeyId.GlobalUnicastEncryption, NewKey + NewKey),
            "second of two wrong" => Transfer + "0102" + sound[4..] + Item(KeyId.Master, NewKey)[4..],
            _ => Transfer + "0F00",
        });

        answer.Should().Be(expected);
        client.Send(GetClock).Should().StartWith("C401C100", "the old keys hold");
        Associated(fixture, firstFree: 1000).Send(GetClock).Should().StartWith("C401C100");
    }

    [Fact]
    public void A_meter_without_a_master_key_takes_none()
    {
        EsmeFixture fixture = new(_ => SecuredModels.Model(Gmac));

        Associated(fixture).Send(BothKeys).Should().Be("C701C10300");
    }

    [Fact]
    public void The_new_keys_outlive_a_power_cut_that_comes_before_the_next_APDU()
    {
        MemoryFlash flash = new();
        EsmeFixture fixture = new(_ => Model(), flash);
        Associated(fixture, firstFree: 500).Send(BothKeys);

        fixture.Esme.PowerOff();
        fixture.Esme.PowerOn();
        AssociationVerdict verdict = new SecuredClient(fixture.Client, Gmac, encryption: NewKey).Associate().Answer.Verdict;
        EsmeFixture restarted = new(_ => Model(), flash);
        AssociationVerdict later =
            new SecuredClient(restarted.Client, Gmac, encryption: NewKey, firstFree: 100).Associate().Answer.Verdict;

        verdict.Should().Be(AssociationVerdict.Open, "the counters of the old key are gone with it");
        later.Should().Be(AssociationVerdict.Open);
    }

    [Fact]
    public void No_key_is_in_flash_or_command_log_and_the_change_is_in_the_event_log()
    {
        MemoryFlash flash = new();
        EsmeFixture fixture = new(_ => Model(), flash);
        SecuredClient client = Associated(fixture);

        client.Send(BothKeys);
        string told = Encoding.UTF8.GetString(flash.Read("security")!) + JsonSerializer.Serialize(fixture.Commands)
            + Model() + Model().Security;

        foreach (string secret in new[] { NewKey, SecuredModels.Encryption, SecuredModels.Authentication, Master })
        {
            told.Should().NotContainEquivalentOf(secret).And.NotContain(Convert.ToBase64String(Convert.FromHexString(secret)));
        }

        fixture.Commands.Should().Contain(command =>
            command.Service == "ACTION" && command.Object == "0-0:43.0.0.255" && command.Data.Length == 0 && command.Result == 0);
    }

    [Fact]
    public void With_the_defect_the_first_transfer_is_taken_and_not_answered_and_one_five_minutes_later_is()
    {
        EsmeFixture fixture = Fixture(EsmeDefects.UnconfirmedKeyRotation);
        SecuredClient old = Associated(fixture);

        string? first = fixture.Client.Send(old.Seal(BothKeys));
        SecuredClient second = new(fixture.Client, Gmac, encryption: NewKey);
        AssociationVerdict verdict = second.Associate().Answer.Verdict;
        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        second.Associate();
        string confirmed = second.Send(Transfer + Item(KeyId.GlobalUnicastEncryption, ThirdKey));

        first.Should().BeNull("no confirmation comes");
        verdict.Should().Be(AssociationVerdict.Open, "and yet the key has changed");
        confirmed.Should().Be("C701C10000");
    }

    [Fact]
    public void With_the_defect_a_second_transfer_before_five_minutes_is_not_answered_either()
    {
        EsmeFixture fixture = Fixture(EsmeDefects.UnconfirmedKeyRotation);
        SecuredClient old = Associated(fixture);
        fixture.Client.Send(old.Seal(BothKeys));
        SecuredClient second = new(fixture.Client, Gmac, encryption: NewKey);
        fixture.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        second.Associate();

        string? answer = fixture.Client.Send(second.Seal(Transfer + Item(KeyId.GlobalUnicastEncryption, ThirdKey)));

        answer.Should().BeNull();
        new SecuredClient(fixture.Client, Gmac, encryption: ThirdKey).Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open);
    }

    private static EsmeModel Model(EsmeDefects defects = EsmeDefects.None)
    {
        EsmeModel model = SecuredModels.Model(Gmac);
        return model with
        {
            Defects = defects,
            Security = model.Security with { TestMasterKey = CipherKey.Create(Convert.FromHexString(Master)) },
        };
    }

    private static EsmeFixture Fixture(EsmeDefects defects = EsmeDefects.None) => new(_ => Model(defects));

    private static SecuredClient Associated(EsmeFixture fixture, uint firstFree = 0)
    {
        SecuredClient client = new(fixture.Client, Gmac, firstFree: firstFree);
        client.Associate().Answer.Verdict.Should().Be(AssociationVerdict.Open);
        return client;
    }

    /// <summary>The parameter of a transfer of one key.</summary>
    private static string Item(KeyId id, string key)
    {
        byte[] wrapped = new byte[AesKeyWrap.MaximumKeyOctets + AesKeyWrap.OverheadOctets];
        AesKeyWrap.Wrap(CipherKey.Create(Convert.FromHexString(Master)), Convert.FromHexString(key), wrapped, out int octets)
            .Should().Be(OperationStatus.Done);
        byte[] target = new byte[128];
        KeyTransfer.Encode([new WrappedKey(id, wrapped.AsMemory(0, octets))], target, out int written).Should().Be(OperationStatus.Done);
        return Convert.ToHexString(target, 0, written);
    }
}
