BeforeDiscovery {
    $manifest = Import-PowerShellDataFile (Join-Path (Split-Path $PSScriptRoot) PatternAnalysis.psd1)
    $cmdlets = @($manifest.CmdletsToExport)
}

BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    # What a script prints to show that the cmdlets are there and that the native SQLite answers.
    $probe = @'
function Show-Module {
    $context = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ PatternAnalysis.Module
    $sqlite = $context.LoadFromAssemblyName('Microsoft.Data.Sqlite')
    $connection = $sqlite.CreateInstance('Microsoft.Data.Sqlite.SqliteConnection')
    $connection.ConnectionString = 'Data Source=:memory:'
    $connection.Open()
    "$((Get-Module PatternAnalysis).ExportedCmdlets.Count) cmdlets, SQLite $([version]::Parse($connection.ServerVersion).Major)"
    $connection.Dispose()
}
'@
    $expected = "$((Get-Module PatternAnalysis).ExportedCmdlets.Count) cmdlets, SQLite 3"
}

Describe 'The manifest' {
    It 'is valid' {
        (Test-ModuleManifest $ManifestPath).Version | Should -Be $Version
    }

    It 'names a cmdlet that exists: <_>' -ForEach $cmdlets {
        (Get-Command $_ -Module PatternAnalysis -CommandType Cmdlet).ImplementingType.FullName |
            Should -Be "PatternAnalysis.Commands.$($_ -replace '-')Command"
    }

    It 'exports nothing else' {
        (Get-Module PatternAnalysis).ExportedCommands.Count | Should -Be (Get-Module PatternAnalysis).ExportedCmdlets.Count
    }

    It 'gives the assemblies their version' {
        [PatternAnalysis.ToolSequence].Assembly.GetName().Version.ToString(3) | Should -Be $Version
    }
}

Describe 'Importing' {
    It 'works in a new session' {
        (Invoke-ChildScript "$probe; Import-Module `$ManifestPath; Show-Module").Lines | Should -Be $expected
    }

    It 'works by name' {
        (Invoke-ChildScript "$probe; Import-Module PatternAnalysis; Show-Module").Lines | Should -Be $expected
    }

    It 'works again with -Force' {
        (Invoke-ChildScript "$probe; 1..3 | ForEach-Object { Import-Module `$ManifestPath -Force; Show-Module }").Lines |
            Should -Be $expected, $expected, $expected
    }

    It 'works again after Remove-Module, which takes the cmdlets away' {
        $result = Invoke-ChildScript @"
$probe
Import-Module `$ManifestPath
Remove-Module PatternAnalysis
"left: `$(Get-Command -Name *Pattern* -CommandType Cmdlet | Where-Object DLL -Like *PatternAnalysis*)"
Import-Module `$ManifestPath
Show-Module
"@
        $result.Lines | Should -Be 'left: ', $expected
    }

    It 'works in parallel runspaces, which share one copy' {
        $result = Invoke-ChildScript @'
1..6 | ForEach-Object -Parallel {
    Import-Module $using:ManifestPath
    "$((Get-Module PatternAnalysis).ExportedCmdlets.Count) in $([PatternAnalysis.Loading.LoadContext]::LoadModule().GetHashCode())"
} | Sort-Object -Unique | Measure-Object | ForEach-Object Count
'@
        $result.Lines | Should -Be 1
    }

    It 'lets scripts name the types' {
        (Invoke-ChildScript @'
Import-Module $ManifestPath
[PatternAnalysis.ToolSequence]::new('session', [string[]]('Read', 'Edit')).Text.Length
'@).Lines | Should -Be 9
    }

    It 'finds the native SQLite where no .NET host resolves it' {
        $copy = Join-Path $TestDrive bare
        Copy-Item -LiteralPath $ModulePath -Destination $copy -Recurse
        # An embedded PowerShell has no such resolver; without this file it resolves nothing.
        Remove-Item (Join-Path $copy bin *.deps.json)
        (Invoke-ChildScript -Variable @{ Copy = Join-Path $copy PatternAnalysis.psd1 } "$probe; Import-Module `$Copy; Show-Module").Lines |
            Should -Be $expected
    }

    It 'works from a second copy of the same version' {
        $copy = Join-Path $TestDrive again PatternAnalysis
        Copy-Item -LiteralPath $ModulePath -Destination (New-Item -ItemType Directory -Force (Split-Path $copy)) -Recurse
        $copied = Join-Path (Split-Path $copy) (Split-Path $ModulePath -Leaf) PatternAnalysis.psd1
        $result = Invoke-ChildScript -Variable @{ Copy = $copied } @'
Import-Module $ManifestPath
Import-Module $Copy
Get-Module PatternAnalysis | ForEach-Object { $_.ExportedCmdlets.Count }
'@
        $count = (Get-Module PatternAnalysis).ExportedCmdlets.Count
        $result.Lines | Should -Be $count, $count
    }

    It 'refuses to mix two versions in one process' {
        $other = Join-Path $TestDrive PatternAnalysis
        Copy-Item -LiteralPath $ModulePath -Destination $other -Recurse
        $shared = Join-Path $other bin PatternAnalysis.dll
        # Another assembly of the same name and another version stands for another release.
        $result = Invoke-ChildScript -Variable @{ Shared = $shared; Other = Join-Path $other PatternAnalysis.psd1 } @'
Remove-Item $Shared
Add-Type -OutputAssembly $Shared -TypeDefinition '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] public class Nothing {}'
Import-Module $ManifestPath
try { Import-Module $Other } catch { "$_" }
'@
        $result.Text | Should -Match '99\.0\.0\.0 needs a new PowerShell session'
    }
}

Describe 'An object' {
    BeforeAll {
        # What the cmdlets give, and what is in that.
        $found = [System.Collections.Generic.HashSet[type]]::new()
        $next = [System.Collections.Generic.Queue[type]]::new()
        foreach ($type in (Get-Module PatternAnalysis).ExportedCmdlets.Values.OutputType.Type) { $next.Enqueue($type) }
        while ($next.Count -gt 0) {
            $type = $next.Dequeue()
            foreach ($inner in $type.GetGenericArguments()) { $next.Enqueue($inner) }
            if ($type.HasElementType) { $next.Enqueue($type.GetElementType()) }
            if ($type.Namespace -notlike 'PatternAnalysis*' -or $type.IsEnum -or $type.HasElementType) { continue }
            if (-not $found.Add($type)) { continue }
            foreach ($property in $type.GetProperties('Instance, Public')) { $next.Enqueue($property.PropertyType) }
        }
    }

    It 'says in a string what it is, and names no type' {
        $found.Count | Should -BeGreaterThan 40
        foreach ($type in $found) {
            $method = $type.GetMethod('ToString', [type[]]@())
            $method.DeclaringType.Namespace | Should -Match '^PatternAnalysis' -Because $type
            # What the compiler writes for a record begins with the type's name.
            $method.CustomAttributes.AttributeType.Name | Should -Not -Contain CompilerGeneratedAttribute -Because $type
        }
    }

    It 'has lists that are their elements in a string: PowerShell is told so of every type' {
        foreach ($type in $found | Where-Object Namespace -EQ PatternAnalysis) {
            $lists = $type.GetProperties('Instance, Public') |
                Where-Object { $_.PropertyType -ne [string] -and $_.PropertyType.IsAssignableTo([System.Collections.IEnumerable]) }
            if ($lists) {
                (Get-TypeData $type.FullName).TypeAdapter.Name | Should -Be ListTextAdapter -Because $type
            }
        }
    }
}

Describe 'Beside other modules' {
    It 'keeps its libraries to itself' {
        $result = Invoke-ChildScript @"
$probe
Import-Module `$ManifestPath
`$null = Show-Module
[AppDomain]::CurrentDomain.GetAssemblies() |
    Where-Object { `$_.Location -like "`$(Split-Path `$ManifestPath)*" } |
    Where-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_) -eq [Runtime.Loader.AssemblyLoadContext]::Default } |
    ForEach-Object { `$_.GetName().Name }
"@
        $result.Lines | Should -Be 'PatternAnalysis'
    }

    It 'ships no assembly of PowerShell or of .NET, but for newer ones that its libraries ask for' {
        # PowerShell may carry .NET in its own folder, or use the machine's.
        $taken = $PSHOME, [System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory() | Get-ChildItem -Filter *.dll
        Get-ChildItem (Join-Path $ModulePath bin) -Filter *.dll | Where-Object Name -In $taken.Name | ForEach-Object BaseName |
            Should -BeIn 'System.Diagnostics.DiagnosticSource', 'System.Formats.Asn1'
    }

    It 'works when another module has loaded another version of its libraries' {
        $result = Invoke-ChildScript -Variable @{ Folder = (New-Item -ItemType Directory (Join-Path $TestDrive other)).FullName } @"
$probe
foreach (`$name in 'Microsoft.Data.Sqlite', 'SQLitePCLRaw.core', 'Dapper') {
    `$code = "[assembly: System.Reflection.AssemblyVersion(``"1.0.0.0``")] namespace Other { public class In`$(`$name -replace '\W') {} }"
    Add-Type -TypeDefinition `$code -OutputAssembly (Join-Path `$Folder "`$name.dll")
    "other: `$([Reflection.Assembly]::LoadFrom((Join-Path `$Folder "`$name.dll")).GetName().Version)"
}
Import-Module `$ManifestPath
Show-Module
"@
        $result.Lines | Should -Be 'other: 1.0.0.0', 'other: 1.0.0.0', 'other: 1.0.0.0', $expected
    }

    It 'leaves the file locks of another SQLite in the process alone' {
        # The other module: the same libraries in the default context, the native one beside them.
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive sqlite)).FullName
        $bin = Join-Path $ModulePath bin
        Copy-Item -Path (Join-Path $bin '*Sqlite*.dll') -Destination $folder
        $rid = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier -replace '^(?!win|osx|linux-musl|linux)[^-]+', 'linux'
        Copy-Item -Path (Join-Path $bin runtimes $rid native *) -Destination $folder

        $variables = @{ Folder = $folder; Database = (Join-Path $TestDrive locked.db); Tools = (Join-Path $Root tools) }
        $result = Invoke-ChildScript -Variable $variables @'
. (Join-Path $Tools PowerShellCommand.ps1)
$null = [Reflection.Assembly]::LoadFrom((Join-Path $Folder Microsoft.Data.Sqlite.dll))
$theirs = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$Database;Pooling=False")
$theirs.Open()
$command = $theirs.CreateCommand()
$command.CommandText = 'CREATE TABLE t (x); BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)'
$null = $command.ExecuteNonQuery()

Import-Module $ManifestPath
$context = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ PatternAnalysis.Module
$ours = $context.LoadFromAssemblyName('Microsoft.Data.Sqlite').CreateInstance('Microsoft.Data.Sqlite.SqliteConnection')
"same managed copy: $($ours.GetType() -eq $theirs.GetType())"
$ours.ConnectionString = "Data Source=$Database;Pooling=False;Default Timeout=1"
$ours.Open()
try { $read = $ours.CreateCommand(); $read.CommandText = 'SELECT * FROM t'; $null = $read.ExecuteScalar() } catch { 'locked for us' }
$ours.Dispose()

# A third process must still find the file locked.
$third = @"
`$null = [Reflection.Assembly]::LoadFrom('$(Join-Path $Folder Microsoft.Data.Sqlite.dll)')
`$c = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=$Database;Pooling=False;Default Timeout=1')
`$c.Open()
`$k = `$c.CreateCommand(); `$k.CommandText = 'INSERT INTO t VALUES (2)'
try { `$null = `$k.ExecuteNonQuery(); 'written' } catch { 'locked for others' }
"@
Invoke-PowerShell '-NoProfile', '-NonInteractive', '-Command', $third
'@
        $result.Lines | Should -Be 'same managed copy: False', 'locked for us', 'locked for others'
    }
}
