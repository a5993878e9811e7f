namespace PersonalAi.Tools.BuiltIn;

/// <summary>The tools that come with the program: one line each.</summary>
public static class BuiltInTools
{
    /// <summary>All of them.</summary>
    /// <param name="place">What they work with.</param>
    public static IReadOnlyList<Tool> All(ToolPlace place) =>
    [
        ListFilesTool.Create(place.Roots),
        ReadFileTool.Create(place.Roots),
        SearchFilesTool.Create(place.Roots, place.Time),
        WriteFileTool.Create(place.Roots),
        EditFileTool.Create(place.Roots),
        FetchPageTool.Create(place.OpenWeb, place.Time),
        CurrentTimeTool.Create(place.Time),
        ZoneTimeTool.Create(place.Time),
        WeekdayTool.Create(place.Time),
        AddToDateTool.Create(place.Time),
        DaysBetweenTool.Create(place.Time),
        CalculateTool.Create(),
        ConvertUnitsTool.Create(),
        RunScriptTool.Create(place.Time),
        RunCommandTool.Create(place.Roots, place.CommandSandbox),
    ];
}
