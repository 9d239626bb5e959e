namespace DeviceHarness.Agent.Doctor;

/// <summary>One check of a bench. It changes nothing there, unless somebody wished that it does.</summary>
internal interface IDoctorCheck
{
    /// <summary>Its name, as findings give it.</summary>
    string Name { get; }

    /// <summary>Looks.</summary>
    /// <param name="scene">What there is to look at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A finding for each thing that it looks at; none when the rig has no such thing.</returns>
    Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken);
}
