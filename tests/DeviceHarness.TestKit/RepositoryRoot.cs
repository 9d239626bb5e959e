namespace DeviceHarness.TestKit;

/// <summary>Finds the repository that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>DeviceHarness.sln</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DeviceHarness.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no DeviceHarness.sln above {AppContext.BaseDirectory}");
    }
}
