using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Drivers.Tests.Keys;

/// <summary>The power of the harness fails before every act of the medium in three rotations, with many outcomes of what was not flushed;
/// the device is a model of two facts: which keys it holds, and whether it confirms.</summary>
public sealed class KeyStoreCrashTests(ITestOutputHelper output)
{
    private const int Rotations = 3;
    private const int SeedsForEachAct = 24;

    private static readonly KeyRotationOutcome[] Outcomes = Enum.GetValues<KeyRotationOutcome>();

    [Theory]
    [InlineData(KeyRotationOutcome.Confirmed, true)]
    [InlineData(KeyRotationOutcome.Unconfirmed, true)]
    [InlineData(KeyRotationOutcome.Unconfirmed, false)]
    [InlineData(KeyRotationOutcome.Refused, false)]
    [InlineData(KeyRotationOutcome.Refused, true)]
    public void No_crash_loses_the_keys_that_the_device_holds(KeyRotationOutcome outcome, bool takes)
    {
        int acts = ActsOf(outcome, takes);

        for (int failsBefore = 1; failsBefore <= acts; failsBefore++)
        {
            for (int seed = 0; seed < SeedsForEachAct; seed++)
            {
                (Device device, DroppingKeyStorage left) = Crash(failsBefore, seed, outcome, takes, new DroppingKeyStorage());

                Recovers(device, left).Should().BeTrue($"the power failed before act {failsBefore}, seed {seed}, {outcome}, takes {takes}");
            }
        }

        output.WriteLine($"{acts} acts, {SeedsForEachAct} outcomes each");
        acts.Should().BeGreaterThan(Rotations * 2 * 8, "each rotation keeps a record at least twice, in two copies of four acts");
    }

    [Fact]
    public void A_medium_that_does_not_flush_is_found_out()
    {
        int acts = ActsOf(KeyRotationOutcome.Confirmed, takes: true);
        int lost = 0;

        for (int failsBefore = 1; failsBefore <= acts; failsBefore++)
        {
            for (int seed = 0; seed < SeedsForEachAct; seed++)
            {
                DroppingKeyStorage storage = new() { Flushes = false };
                (Device device, DroppingKeyStorage left) = Crash(failsBefore, seed, KeyRotationOutcome.Confirmed, takes: true, storage);
                lost += Recovers(device, left) ? 0 : 1;
            }
        }

        lost.Should().BePositive("the test sees what it is there for");
    }

    [Fact]
    public void Every_outcome_is_tried() => Outcomes.Should().HaveCount(3);

    private static int ActsOf(KeyRotationOutcome outcome, bool takes)
    {
        DroppingKeyStorage storage = new();
        Rotate(new Device(), storage, outcome, takes);
        return storage.Acts;
    }

    private static (Device Device, DroppingKeyStorage Left) Crash(
        int failsBefore, int seed, KeyRotationOutcome outcome, bool takes, DroppingKeyStorage storage)
    {
        Device device = new();
        storage.FailsBefore = failsBefore;
        try
        {
            Rotate(device, storage, outcome, takes);
        }
        catch (PowerLossException)
        {
            // From here on there is only what reached the medium.
        }

        return (device, storage.FailPower(new Random((failsBefore * 1000) + seed)));
    }

    /// <summary>What a driver does, with the acts on the medium in the very order.</summary>
    private static void Rotate(Device device, DroppingKeyStorage storage, KeyRotationOutcome outcome, bool takes)
    {
        DeviceKeyStore store = TestKeys.Store(storage);
        for (byte rotation = 1; rotation <= Rotations; rotation++)
        {
            KeyRecord record = store.Read() ?? KeyRecord.Begin(TestKeys.Set(0));
            KeySet candidate = TestKeys.Set(rotation);
            store.Save(record.Prepare(candidate, TestKeys.Now));
            device.Held = takes ? candidate : device.Held;
            store.Save(store.Read()!.Answer(outcome));
            store.Save(store.Read()!.Prove(device.Held, TestKeys.Now));
        }
    }

    /// <summary>Whether the next start finds the device's keys, settles the record, and can rotate again.</summary>
    private static bool Recovers(Device device, DroppingKeyStorage left)
    {
        try
        {
            DeviceKeyStore store = TestKeys.Store(left);
            KeyRecord record = store.Read() ?? KeyRecord.Begin(TestKeys.Set(0));
            if (!record.Possible.Contains(device.Held))
            {
                return false;
            }

            store.Save(record.Prove(device.Held, TestKeys.Now));
            store.Save(store.Read()!.Prepare(TestKeys.Set(60), TestKeys.Now));
            return store.Read()!.Active.Equals(device.Held);
        }
        catch (ConfigurationException)
        {
            return false;
        }
    }

    private sealed class Device
    {
        public KeySet Held { get; set; } = TestKeys.Set(0);
    }
}
