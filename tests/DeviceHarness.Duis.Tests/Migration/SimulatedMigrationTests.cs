using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Migration;

/// <summary>Installations and their migration by files. Provenance of the figures: SEC Panel paper SECP_79_1704_03 and the DCC's
/// conclusions of December 2021, as the project's guide tells them.</summary>
public sealed class SimulatedMigrationTests
{
    private static readonly Eui64 GasMeter = Eui64.Parse("90-B3-D5-1F-30-00-00-A1");
    private static readonly Eui64 Supplier = DuisFixtures.ImportSupplier;
    private static readonly CertifiedProductsList Approved = new([new("ESME", "", "4.2.0"), new("GSME", "", "4.2.0")]);
    private static readonly Installation House = new("house", [DuisFixtures.Meter, GasMeter]);

    private readonly SmartMeteringInventory _inventory = new(
        [Row(DuisFixtures.Meter, "ESME", InstallationActivity.Active), Row(GasMeter, "GSME", InstallationActivity.Dormant)]);

    [Fact]
    public void Files_in_order_migrate_an_installation_and_commission_its_devices()
    {
        SimulatedMigration migration = Migration();

        MigrationOutcome[] outcomes = Deliver(migration, 1, 2, 3);

        outcomes.Should().Equal(MigrationOutcome.Accepted, MigrationOutcome.Accepted, MigrationOutcome.Migrated);
        _inventory.Devices.Should().OnlyContain(device => device.Status == DeviceStatus.Commissioned);
        migration.Counts.Should().Be(new MigrationCounts(1, 1, 1, 0, 0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 2, 3, 1)]
    public void A_file_out_of_its_turn_fails_the_attempt_and_the_next_begins_with_the_first(params int[] files)
    {
        SimulatedMigration migration = Migration();

        Deliver(migration, files)[^1].Should().Be(MigrationOutcome.OutOfSequence);
        Deliver(migration, 1, 2, 3)[^1].Should().Be(MigrationOutcome.Migrated);
        migration.Counts.FirstTime.Should().Be(0);
    }

    [Fact]
    public void After_five_attempts_nothing_is_taken()
    {
        SimulatedMigration migration = Migration();

        Deliver(migration, 2, 2, 2, 2).Should().OnlyContain(outcome => outcome == MigrationOutcome.OutOfSequence);
        Deliver(migration, 1, 2)[^1].Should().Be(MigrationOutcome.Accepted, "four have failed");
        Deliver(migration, 2, 1, 2).Should().Equal(MigrationOutcome.OutOfSequence, MigrationOutcome.Excluded, MigrationOutcome.Excluded);
        migration.Counts.Excluded.Should().Be(1);
    }

    [Theory]
    [InlineData(24, MigrationOutcome.Migrated)]
    [InlineData(25, MigrationOutcome.MigratedSlowly)]
    public void What_takes_longer_than_the_rules_allow_is_slow_and_migrated(int hours, MigrationOutcome outcome)
    {
        SimulatedMigration migration = Migration();
        Deliver(migration, 1, 2);

        migration.Deliver(House, 3, DuisFixtures.Now.AddHours(hours)).Outcome.Should().Be(outcome);
        migration.Counts.Should().Be(new MigrationCounts(1, 1, 1, outcome == MigrationOutcome.MigratedSlowly ? 1 : 0, 0));
    }

    [Fact]
    public void A_device_that_may_not_be_migrated_is_found_before_anything_else()
    {
        _inventory.Update(GasMeter, device => device with { FirmwareVersion = "1.0.0" });
        SimulatedMigration migration = Migration();

        MigrationAnswer answer = migration.Deliver(House, 1, DuisFixtures.Now);

        answer.Outcome.Should().Be(MigrationOutcome.Invalid);
        answer.Text.Should().Contain("GSME").And.Contain("not on the products list");
    }

    [Theory]
    [InlineData(false, InstallationActivity.Active, InstallationActivity.Dormant, true)]
    [InlineData(true, InstallationActivity.Active, InstallationActivity.Dormant, false)]
    [InlineData(true, InstallationActivity.Dormant, InstallationActivity.Dormant, true)]
    [InlineData(true, InstallationActivity.Active, InstallationActivity.Active, true)]
    public void Issue_200347_hits_the_dormant_part_of_a_mixed_installation_alone(
        bool isPlanted, InstallationActivity electricity, InstallationActivity gas, bool isKnown)
    {
        SmartMeteringInventory inventory = new([Row(DuisFixtures.Meter, "ESME", electricity), Row(GasMeter, "GSME", gas)]);
        SimulatedMigration migration = new(MigrationRules.Usual with { LosesDormantSupplier = isPlanted }, inventory, Approved);

        migration.SupplierOf(House, GasMeter, DuisFixtures.Now).Should().Be(isKnown ? Supplier : null);
        migration.SupplierOf(House, DuisFixtures.Meter, DuisFixtures.Now).Should().Be(Supplier);
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(1, 2)]
    public void A_supplier_of_another_time_is_none(int fromDays, int toDays)
    {
        _inventory.Update(GasMeter, device => device with
        {
            Ownership = new DeviceOwnership
            {
                Registrations = [new("GS", Supplier, DuisFixtures.Now.AddDays(fromDays), DuisFixtures.Now.AddDays(toDays))],
            },
        });

        Migration().SupplierOf(House, GasMeter, DuisFixtures.Now).Should().BeNull();
    }

    [Fact]
    public void Fifty_thousand_installations_of_a_day_are_each_counted_once()
    {
        const int Day = 50_000;
        const int Misordered = 509;
        SimulatedMigration migration = Migration();
        TimeSpan apart = TimeSpan.FromDays(1) / Day;

        for (int number = 0; number < Day; number++)
        {
            Installation house = new($"house-{number}", House.Devices);
            DateTimeOffset now = DuisFixtures.Now + (number * apart);
            if (number < Misordered)
            {
                migration.Deliver(house, 2, now).Outcome.Should().Be(MigrationOutcome.OutOfSequence);
            }

            for (int file = 1; file <= MigrationRules.Files; file++)
            {
                migration.Deliver(house, file, now);
            }
        }

        migration.Counts.Should().Be(new MigrationCounts(Day, Day, Day - Misordered, 0, 0));
    }

    private static InventoryDevice Row(Eui64 device, string type, InstallationActivity activity) =>
        new(device, type, DeviceStatus.InstalledNotCommissioned, "4.2.0", Smets1: true)
        {
            Activity = new ActivityViews(activity, activity),
            Ownership = new DeviceOwnership
            {
                Registrations = [new(type == "ESME" ? "IS" : "GS", Supplier, DuisFixtures.Now.AddYears(-1))],
            },
        };

    private SimulatedMigration Migration() => new(MigrationRules.Usual, _inventory, Approved);

    private static MigrationOutcome[] Deliver(SimulatedMigration migration, params int[] files) =>
        [.. files.Select(file => migration.Deliver(House, file, DuisFixtures.Now).Outcome)];
}
