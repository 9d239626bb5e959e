using DeviceHarness.Duis.Migration;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to the simulated migration of the rig's installations.</summary>
public interface IMigrationPort
{
    /// <summary>The names of the installations of the rig file.</summary>
    IReadOnlyCollection<string> Installations { get; }

    /// <summary>Puts an installation back to where it was before its migration.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    void Begin(string installation);

    /// <summary>Delivers a file.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    /// <param name="file">Its number, 1 to <see cref="MigrationRules.Files"/>.</param>
    MigrationAnswer Deliver(string installation, int file);

    /// <summary>Asks who is responsible for the devices of an installation.</summary>
    /// <param name="installation">One of <see cref="Installations"/>.</param>
    IReadOnlyList<MemberSupplier> SuppliersOf(string installation);
}
