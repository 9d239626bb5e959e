using System.Diagnostics;
using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Keys;

public sealed class KeyRecordTests
{
    private static readonly KeySet Former = TestKeys.Set(1);
    private static readonly KeySet Candidate = TestKeys.Set(2);
    private static readonly KeyRecord Begun = KeyRecord.Begin(Former);
    private static readonly KeyRecord Prepared = Begun.Prepare(Candidate, TestKeys.Now);

    [Fact]
    public void A_device_that_was_never_rotated_holds_what_the_rig_file_names()
    {
        Begun.State.Should().Be(RotationState.Settled);
        Begun.Held.Should().Be(KeyProof.Former);
        Begun.Possible.Should().Equal(Former);
        Begun.Origin.Should().Be(Former.Identifier);
    }

    [Theory]
    [InlineData(KeyRotationOutcome.Confirmed, true)]
    [InlineData(KeyRotationOutcome.Unconfirmed, true)]
    [InlineData(KeyRotationOutcome.Refused, false)]
    public void Both_sets_are_possible_until_the_device_has_proved_one_and_its_answer_only_says_which_is_tried_first(
        KeyRotationOutcome outcome, bool isCandidateFirst)
    {
        KeyRecord answered = Prepared.Answer(outcome);

        answered.Possible.Should().Equal(isCandidateFirst ? [Candidate, Former] : [Former, Candidate]);
        answered.State.Should().NotBe(RotationState.Settled);
    }

    [Theory]
    [InlineData(KeyRotationOutcome.Confirmed)]
    [InlineData(KeyRotationOutcome.Unconfirmed)]
    [InlineData(KeyRotationOutcome.Refused)]
    public void The_set_that_the_device_proved_is_active_whatever_it_answered_and_the_other_is_retired(KeyRotationOutcome outcome)
    {
        KeyRecord rotated = Prepared.Answer(outcome).Prove(Candidate, TestKeys.Now);
        KeyRecord kept = Prepared.Answer(outcome).Prove(Former, TestKeys.Now);

        (rotated.Active, rotated.Retired, rotated.Candidate, rotated.Held).Should().Be((Candidate, Former, null, KeyProof.Candidate));
        (kept.Active, kept.Retired, kept.Candidate, kept.Held).Should().Be((Former, Candidate, null, KeyProof.Former));
        rotated.ProvenAt.Should().Be(TestKeys.Now);
    }

    [Fact]
    public void No_rotation_begins_while_another_is_open_or_with_the_keys_that_hold()
    {
        Func<KeyRecord> second = () => Prepared.Prepare(TestKeys.Set(3), TestKeys.Now);
        Func<KeyRecord> same = () => Begun.Prepare(TestKeys.Set(1), TestKeys.Now);
        Func<KeyRecord> stranger = () => Prepared.Prove(TestKeys.Set(3), TestKeys.Now);

        second.Should().Throw<InvalidOperationException>();
        same.Should().Throw<InvalidOperationException>();
        stranger.Should().Throw<UnreachableException>();
    }

    [Fact]
    public void Only_a_record_with_every_possible_set_keeps_another()
    {
        Prepared.Keeps(Begun).Should().BeTrue();
        Begun.Keeps(Prepared).Should().BeFalse("the candidate would be lost");
        KeyRecord.Begin(Candidate).Keeps(Prepared).Should().BeFalse("the former would be lost");
        Prepared.Prove(Candidate, TestKeys.Now).Keeps(Prepared).Should().BeTrue("it is retired, not lost");
        Prepared.Prove(Candidate, TestKeys.Now).Prepare(TestKeys.Set(3), TestKeys.Now).Keeps(Prepared.Prove(Candidate, TestKeys.Now))
            .Should().BeTrue();
    }

    [Fact]
    public void No_text_of_keys_or_record_shows_one()
    {
        string told = $"{Former} {Prepared} {JsonSerializer.Serialize(Former.Identifier)}" + JsonSerializer.Serialize(Prepared);

        told.Should().Contain(Former.Identifier).And.Contain(Candidate.Identifier);
        foreach (KeySet keys in new[] { Former, Candidate })
        {
            told.Should().NotContainEquivalentOf(Convert.ToHexString(keys.Encryption.Reveal()))
                .And.NotContain(Convert.ToBase64String(keys.Encryption.Reveal()))
                .And.NotContainEquivalentOf(Convert.ToHexString(keys.Authentication.Reveal()))
                .And.NotContain(Convert.ToBase64String(keys.Authentication.Reveal()));
        }
    }
}
